// The server's time: a cheap tablet's own clock may be a year off.
let ahead = 0;

export const now = () => Date.now() + ahead;

export function setClock(serverTime, roundTrip = 0) {
  ahead = serverTime + roundTrip / 2 - Date.now();
}
