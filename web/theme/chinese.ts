/** Self-hosted Chinese faces, cut into unicode-range subsets: the browser fetches only the parts a page shows. */
import "virtual:chinese-faces.css";
