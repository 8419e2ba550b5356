import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Jobs } from '../platform/jobs/jobs.js';
import { Relay } from '../platform/stream/relay.js';
import { IdentityModule } from '../identity/index.js';
import { SitesModule } from '../sites/index.js';
import { PublishRevision } from './article/publish-revision.js';
import { ReadRevisions } from './article/read-revisions.js';
import { RevisionsController } from './article/revisions.controller.js';
import { CommentsController } from './comments.controller.js';
import { CommentStates } from './comment-states.js';
import { CreateThread } from './create-thread.js';
import { DeleteComment } from './delete-comment.js';
import { EditComment } from './edit-comment.js';
import { AnnotationsController } from './interchange/annotations.controller.js';
import { ImportAnnotations } from './interchange/import-annotations.js';
import { ReadAnnotations } from './interchange/read-annotations.js';
import { ListComments } from './list-comments.js';
import { ListThreads } from './list-threads.js';
import { PageCache } from './page-cache.js';
import { AskQuestion } from './passages/ask-question.js';
import { ChangePassage } from './passages/change-passage.js';
import { PassagesController } from './passages/passages.controller.js';
import { ListPeople } from './people/list-people.js';
import { PeopleController } from './people/people.controller.js';
import { PostAndFollow } from './post-and-follow.js';
import { PostComment } from './post-comment.js';
import { PostWriter } from './post-writer.js';
import { ReadComment } from './read-comment.js';
import { ReadMine } from './read-mine.js';
import { ReadPassage } from './passages/read-passage.js';
import { ReadThread } from './read-thread.js';
import { SaveThread } from './save-thread.js';
import { SetThreadState } from './set-thread-state.js';
import { ThreadStatesController } from './thread-states.controller.js';
import { StaffComments } from './staff-comments.js';
import { ExternalPhases } from './screening/external-phases.js';
import { ScreeningDesk } from './screening/screening-desk.js';
import { SiteRules } from './screening/site-rules.js';
import { ThreadDirectory } from './thread-directory.js';
import { ThreadEvents } from './thread-events.js';
import { ThreadJobs } from './thread-jobs.js';
import { ThreadPageForms } from './thread-page-forms.js';
import { ThreadPagesController } from './thread-pages.controller.js';
import { ThreadProjection } from './thread-projection.js';
import { ThreadSubscriptions } from './thread-subscriptions.js';
import { ThreadVersions } from './thread-versions.js';
import { Thread } from './thread.entity.js';
import { ThreadsController } from './threads.controller.js';
import { VoteOnComment } from './vote-on-comment.js';

@Module({
  imports: [TypeOrmModule.forFeature([Thread]), SitesModule, IdentityModule],
  controllers: [
    ThreadsController,
    ThreadStatesController,
    CommentsController,
    PassagesController,
    PeopleController,
    RevisionsController,
    ThreadPagesController,
    AnnotationsController,
  ],
  providers: [
    ThreadDirectory,
    ThreadVersions,
    ThreadSubscriptions,
    ThreadPageForms,
    PageCache,
    ThreadProjection,
    ThreadEvents,
    ThreadJobs,
    CreateThread,
    SaveThread,
    SetThreadState,
    ReadPassage,
    ReadThread,
    PublishRevision,
    ReadRevisions,
    AskQuestion,
    ChangePassage,
    ListThreads,
    ListComments,
    ListPeople,
    PostComment,
    PostAndFollow,
    PostWriter,
    SiteRules,
    ExternalPhases,
    ScreeningDesk,
    EditComment,
    DeleteComment,
    VoteOnComment,
    ReadComment,
    ReadMine,
    CommentStates,
    StaffComments,
    ReadAnnotations,
    ImportAnnotations,
  ],
  exports: [
    ThreadDirectory,
    ThreadEvents,
    ThreadSubscriptions,
    ThreadPageForms,
    PageCache,
    CommentStates,
    StaffComments,
    ReadComment,
    CreateThread,
    SaveThread,
    AskQuestion,
  ],
})
export class ThreadsModule implements OnModuleInit {
  constructor(
    private readonly relay: Relay,
    private readonly jobs: Jobs,
    private readonly projection: ThreadProjection,
    private readonly work: ThreadJobs,
  ) {}

  onModuleInit(): void {
    this.relay.register(this.projection);
    this.jobs.register({ name: 'threads.prune', cron: '17 * * * *', run: () => this.work.prune() });
    this.jobs.register({ name: 'threads.close-due', cron: '* * * * *', run: () => this.work.closeDue() });
  }
}
