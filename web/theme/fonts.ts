/** Self-hosted faces, cut into unicode-range subsets: the browser fetches only the parts a page shows. */
import "@fontsource-variable/noto-sans-sc";
import "@fontsource-variable/noto-serif-sc";
import "@fontsource/barlow-semi-condensed/500.css";
import "@fontsource/barlow-semi-condensed/600.css";
