import { Link } from "@tanstack/react-router";
import { useProposals } from "./queries.ts";
import "./badge.css";

/** The way to what the towns have to settle with each other; says how many 会签 wait for this account. */
export function BordersLink() {
  const asked = useProposals().data?.asked ?? 0;
  return (
    <Link to="/borders" className="borders-link">
      镇界
      {asked > 0 && (
        <span className="borders-asked">
          <span className="figure">{asked}</span>
          <span className="borders-asked-words"> 件待你会签</span>
        </span>
      )}
    </Link>
  );
}
