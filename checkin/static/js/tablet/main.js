// The pupil's screen: what follows what.
import { becomeStranger, countHeldBack, isFree, layTable, layTableIfFree } from "./cards.js";
import { isIdle } from "./idle.js";
import { reset } from "./language.js";
import { forgetPages, keepForOffline, letNewerTakeOver } from "./offline.js";
import { isInMemory } from "./queue.js";
import { startPolling } from "./schedule.js";
import { shown } from "./screens.js";
import { startSending } from "./sender.js";
import { told } from "./told.js";
import "./press.js";
import "./waiting.js";

const TICK_MS = 1000;
const LATER_MS = 1000; // hearing and talk requests come after all that a tap needs

layTable();
startSending(countHeldBack);
startPolling();
keepForOffline();
setInterval(() => {
  layTableIfFree();
  if (isFree() && isIdle() && !isInMemory()) letNewerTakeOver();
}, TICK_MS);

addEventListener("load", () => setTimeout(loadTheRest, LATER_MS));
addEventListener("pageshow", (event) => event.persisted && reset());
addEventListener("stranger", becomeStranger);
addEventListener("stranger", forgetPages);
addEventListener("today", ({ detail }) => {
  // Enrolled again, or other cards, or a newer program: loaded when nobody is there to see it.
  const isOutdated = !detail.isCurrent && isIdle() && !isInMemory();
  if (isFree() && (shown() === "stranger" || isOutdated)) location.reload();
});

// Without network now, and not kept yet: when it is back.
function loadTheRest() {
  const talk = told.talk ? import("./talk.js") : globalThis.caches?.delete("checkin-talk");
  const all = Promise.all([import("./listen.js"), import("./sounds.js"), talk]);
  all.catch(() => addEventListener("online", loadTheRest, { once: true }));
}
