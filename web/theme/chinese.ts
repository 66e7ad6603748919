/** Self-hosted Chinese faces, cut into unicode-range subsets: the browser fetches only the parts a page shows. */
import "@fontsource-variable/noto-sans-sc";
import "@fontsource-variable/noto-serif-sc";
