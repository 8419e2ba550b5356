/** The one style of the page, inline: nothing to fetch, and known by its hash to the Content-Security-Policy. */
export const THREAD_PAGE_STYLE = `
:root { color-scheme: light dark; --text: #1d1f23; --soft: #5d6470; --line: #d9dce1; --page: #fff; --link: #0b57a4; --target: #fff6d6 }
@media (prefers-color-scheme: dark) {
  :root { --text: #e4e6ea; --soft: #a2a9b5; --line: #3a3f48; --page: #16181c; --link: #86b7f0; --target: #3a3317 }
}
body { margin: 0; background: var(--page); color: var(--text); font: 17px/1.55 system-ui, sans-serif }
main { max-width: 44rem; margin: 0 auto; padding: 1.5rem 1rem 4rem }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; overflow-wrap: anywhere }
a { color: var(--link) }
.site, .note, header a, .gone { color: var(--soft); font-size: .875rem }
.site { margin: 0 }
header a { text-decoration: none }
header a:hover, header a:focus-visible { text-decoration: underline }
ol { list-style: none; margin: 0; padding: 0 }
.body ol { list-style: decimal; padding-inline-start: 1.5rem }
li li { border-inline-start: 2px solid var(--line); padding-inline-start: 1rem }
.body li { border: 0; padding: 0 }
article { padding: .75rem .5rem; margin-inline: -.5rem; overflow-wrap: anywhere }
article:target { background: var(--target) }
main > ol > li { border-top: 1px solid var(--line) }
.body p, .gone p { margin: .35rem 0 }
.body ul { margin: .35rem 0; padding-inline-start: 1.5rem; list-style: disc }
blockquote { margin: .5rem 0; padding-inline-start: .75rem; border-inline-start: 3px solid var(--line); color: var(--soft) }
section ul { list-style: none; margin: 0; padding: 0 }
h2 { font-size: 1.1rem; margin: 1.25rem 0 .25rem }
.prompt { font-weight: 600; margin: .5rem 0 .25rem }
.passage { font-style: italic; white-space: pre-line }
pre { overflow-x: auto; padding: .5rem; border: 1px solid var(--line) }
code { font-size: .9em }
main > section:has(form) { margin-top: 2rem; padding-top: .25rem; border-top: 1px solid var(--line) }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end }
label { flex: 0 1 22rem; font-size: .875rem }
input { display: block; box-sizing: border-box; width: 100%; margin-top: .2rem; padding: .45rem .6rem; font: inherit; font-size: 1rem; color: inherit; background: var(--page); border: 1px solid var(--soft); border-radius: .35rem }
button { font: inherit; padding: .45rem 1rem; border: 1px solid var(--link); border-radius: .35rem; background: var(--link); color: var(--page); cursor: pointer }
button:focus-visible, input:focus-visible, a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
nav { margin-top: 1.5rem }
@media (max-width: 40rem) {
  li li { padding-inline-start: .5rem }
  li li li li { border: 0; padding: 0 }
}
`;
