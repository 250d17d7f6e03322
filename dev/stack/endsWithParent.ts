/**
 * Calls `end` when this process has lost its parent (Node has no event for that: the parent's id is looked at twice a second).
 * So a stack that a test run or a terminal left behind does not stay.
 */
export function endsWithParent(end: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    end();
  }, 500);
  timer.unref();
}
