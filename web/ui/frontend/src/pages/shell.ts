// On every page.
import { installBehaviours } from "../behaviours";
import { installThemeSwitch } from "../theme";

installThemeSwitch();
installBehaviours();
