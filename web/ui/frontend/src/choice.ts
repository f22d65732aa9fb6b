// The dialog that asks which of two texts to go on with.
import { byId } from "./config";

export function askWhich(newer: string): Promise<boolean> {
  const dialog = byId<HTMLDialogElement>("conflict-dialog");
  byId("conflict-text").textContent = newer;
  return new Promise((resolve) => {
    let theirs = false;
    const take = () => {
      theirs = true;
      dialog.close();
    };
    const keep = () => dialog.close();
    const theirsButton = byId("conflict-theirs");
    const mineButton = byId("conflict-mine");
    theirsButton.addEventListener("click", take);
    mineButton.addEventListener("click", keep);
    dialog.addEventListener(
      "close",
      () => {
        theirsButton.removeEventListener("click", take);
        mineButton.removeEventListener("click", keep);
        resolve(theirs);
      },
      { once: true },
    );
    dialog.showModal();
  });
}
