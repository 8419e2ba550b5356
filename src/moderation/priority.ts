const STEPS = 4;
const STEPS_OF_ONE = 20;

/**
 * Of an item's priority, in SQL: how many read it, as far as can be known, by the digits of its thread's published
 * comments (an integer, not negative). In steps, so that items of one thread stay in the order in which they came; and
 * 0.2 at most, a fifth of what a newcomer's report weighs. docs/decisions/016-priority.md.
 */
export function reachInSql(published: string): string {
  return `least(${STEPS}, length((${published})::text) - 1) / ${STEPS_OF_ONE}.0`;
}

/** So much a day; two days of waiting weigh as much as a newcomer's report. `rank` of queue_items goes by it too. */
const AGE_A_DAY = 0.5;

/** Of an item's priority, in SQL: for how long it has waited, as it is shown. */
export function ageInSql(enteredAt: string): string {
  return `round(greatest(date_part('epoch', clock_timestamp() - ${enteredAt}), 0) / 86400 * ${AGE_A_DAY} * 1000) / 1000`;
}
