import { type TownCode, townCodes } from "../../domain/programme.ts";
import { type DemoBase, type Ground, pointOf, text } from "../base.ts";
import type { Diary } from "../diary.ts";
import { type At, rectangle } from "../geo.ts";
import { clerkOf, verifierOf } from "../lights.ts";
import { chanceOf } from "../random.ts";
import { made, real, street } from "../words.ts";

const [xiayang, yingpu, xianghuaqiao, zhujiajiao, , , zhaoxiang, xujing, huaxin] = townCodes;

interface Site {
  readonly town: TownCode;
  readonly name: string;
  readonly kind: "office" | "government" | "institution" | "public";
  readonly spaces: number;
  readonly signed: string | null;
  readonly verified: string | null;
}

const site = (
  town: TownCode,
  name: string,
  kind: Site["kind"],
  spaces: number,
  signed: string | null,
  verified: string | null = null,
): Site => ({ town, name, kind, spaces, signed, verified });

/**
 * Verified by the end of March 12, April 28, May 46, June 71, July 90, August 114, now 126; by town 盈浦 48, 夏阳 36,
 * 赵巷 18, 徐泾 12, 朱家角 12. Signed and not verified: 26. Two mall owners round 国展 refuse (no spaces counted).
 */
const sites: readonly Site[] = [
  site(yingpu, "城西商业中心共享车位", "office", 12, "2025-02-26", "2025-03-19"),
  site(xiayang, "新城办公楼共享车位", "government", 10, "2025-03-20", "2025-04-16"),
  site(xiayang, "文化场馆共享车位", "institution", 6, "2025-03-27", "2025-04-23"),
  site(zhaoxiang, "商业广场共享车位", "office", 10, "2025-04-15", "2025-05-14"),
  site(zhaoxiang, "产业园区共享车位", "office", 8, "2025-04-22", "2025-05-21"),
  site(yingpu, "写字楼地下共享车位", "office", 15, "2025-05-13", "2025-06-11"),
  site(xiayang, "学校夜间共享车位", "institution", 10, "2025-05-20", "2025-06-18"),
  site(yingpu, "社区中心共享车位", "institution", 9, "2025-06-10", "2025-07-09"),
  site(xiayang, "政务服务点共享车位", "government", 10, "2025-06-17", "2025-07-16"),
  site(xujing, "商务楼夜间共享车位", "office", 12, "2025-07-08", "2025-08-13"),
  site(zhujiajiao, "游客停车场夜间共享车位", "public", 12, "2025-07-15", "2025-08-20"),
  site(yingpu, "公共停车场夜间共享车位", "public", 12, "2025-08-12", "2025-09-10"),
  site(xianghuaqiao, "厂区办公楼共享车位", "office", 10, "2025-08-19"),
  site(xiayang, "医院职工楼共享车位", "institution", 8, "2025-08-26"),
  site(huaxin, "集镇商业楼共享车位", "office", 8, "2025-09-02"),
  site(xujing, "国展周边商办车库一", "office", 0, null),
  site(xujing, "国展周边商办车库二", "office", 0, null),
];

const hours: Record<Site["kind"], readonly [string, string]> = {
  office: ["18:00-08:00", "00:00-24:00"],
  government: ["18:30-07:30", "00:00-24:00"],
  institution: ["18:00-07:00", "18:00-07:00"],
  public: ["19:00-08:00", "19:00-08:00"],
};

/** Target 14: shared parking. */
export function parking(diary: Diary, base: DemoBase, ground: Ground): void {
  const chance = chanceOf("parking");
  const facilities = base.facilities.features.map(pointOf);
  for (const { town, name, kind, spaces, signed, verified } of sites) {
    const near = facilities.filter((at) => ground.holds(town, at));
    const at =
      near.length > 0 ? ground.near(town, chance.pick(near), chance, 180) : ground.somewhere(town, chance);
    const refuses = signed === null;
    const entry = (date: string, reason: string) => ({ date, login: "jianguan", reason });
    const [weekday, weekend] = hours[kind];
    const uid = diary.create(
      entry("2025-02-12", "错峰共享候选点建账"),
      "shared_parking",
      { type: "Point", coordinates: [...at] },
      {
        name: `${name}（示意）`,
        owner_kind: kind,
        verified: false,
        address: street(chance),
        schematic: true,
        ...made(),
      },
      [{ target: 14, due: refuses ? "2025-09-25" : "2025-12-31" }],
    );
    if (refuses) {
      diary.patch(entry("2025-08-27", "协调未果"), uid, { remark: "进博会前业主不同意夜间开放，待再协调" });
      continue;
    }
    const terms = { spaces, signed_on: signed, hours_weekday: weekday, hours_weekend: weekend };
    diary.patch(entry(signed, "签订共享协议"), uid, terms);
    if (verified)
      diary.close(
        { date: verified, login: clerkOf(town), reason: "现场核实共享车位" },
        verifierOf(14),
        uid,
        [14],
        {
          verified: true,
          verified_on: verified,
        },
      );
  }
}

const withoutZones = ["徐盈路", "蟠龙路"];
const withoutSigns = "东方绿舟";
const threeZones = ["国家会展中心（17号线）", "青浦新城", "嘉松中路"];

/** Target 15: 14 opened stations and one that opens on 11-01; 31 bicycle zones, 27 set. */
export function stations(diary: Diary, base: DemoBase, ground: Ground): void {
  const chance = chanceOf("stations");
  for (const station of base.stations.features) {
    const at = pointOf(station);
    const town = ground.townOf(at);
    if (!town) continue;
    const name = text(station, "name");
    const opens = text(station, "opened") || null;
    const [line] = station.properties.lines as string[];
    const missing = withoutZones.includes(name);
    const uid = diary.create(
      { date: "2025-01-07", login: "jianguan", reason: "轨交站点建账" },
      "rail_station",
      { type: "Point", coordinates: [...at] },
      {
        name,
        line,
        opened: !opens,
        opened_on: opens,
        zone_set: false,
        signs_set: false,
        ...real("OpenStreetMap 站点", 20),
      },
      opens ? [] : [{ target: 15, due: missing ? "2025-08-31" : "2025-12-31" }],
    );
    if (opens) continue;
    const days = ["2025-04-09", "2025-05-07", "2025-06-04", "2025-07-02", "2025-08-06"];
    const day = chance.pick(days);
    const signed = name !== withoutSigns;
    const zones = threeZones.includes(name) ? 3 : 2;
    for (let i = 0; i < zones; i++)
      zone(diary, ground, { station: name, at, town, n: i + 1, day: missing ? null : day, signed });
    if (!missing)
      diary.close({ date: day, login: "jianguan", reason: "站点停放区设置完成" }, verifierOf(15), uid, [15], {
        zone_set: true,
        signs_set: signed,
      });
  }
}

interface Zone {
  readonly station: string;
  readonly at: At;
  readonly town: TownCode;
  readonly n: number;
  /** When it was set; null when it is still missing. */
  readonly day: string | null;
  readonly signed: boolean;
}

function zone(diary: Diary, ground: Ground, { station, at, town, n, day, signed }: Zone): void {
  const chance = chanceOf(`zone ${station} ${n}`);
  const ring = rectangle(
    ground.near(town, at, chance, 90),
    chance.whole(18, 40),
    chance.whole(4, 7),
    chance.next() * 3,
  );
  const uid = diary.create(
    { date: "2025-03-05", login: "jianguan", reason: "站点周边停放区规划入库" },
    "bike_zone",
    { type: "Polygon", coordinates: [ring.map((corner) => [...corner])] },
    {
      name: `${station}站停放区${n}`,
      station,
      capacity: chance.whole(6, 30) * 10,
      zone_set: false,
      signs_set: false,
      schematic: true,
      ...made(),
    },
    [{ target: 15, due: day ? "2025-12-31" : "2025-08-31" }],
  );
  if (day)
    diary.close({ date: day, login: clerkOf(town), reason: "停放区划线、设牌" }, verifierOf(15), uid, [15], {
      zone_set: true,
      signs_set: signed,
    });
}
