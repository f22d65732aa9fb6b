// On every page.
import { installBehaviours } from "../behaviours";
import { showLocalTimes } from "../moments";
import { keepHeadsInSight } from "../tables";
import { installThemeSwitch } from "../theme";

installThemeSwitch();
installBehaviours();
showLocalTimes(document);
keepHeadsInSight();
