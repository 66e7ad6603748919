import { bikeZone } from "./bike_zone.ts";
import { caseLayer } from "./case.ts";
import { compound } from "./compound.ts";
import { constructionSite } from "./construction_site.ts";
import type { LayerDef } from "./define.ts";
import { disposalSite } from "./disposal_site.ts";
import { facadeHazard } from "./facade_hazard.ts";
import { finding } from "./finding.ts";
import { greenSpot } from "./green_spot.ts";
import { illegalBuilding } from "./illegal_building.ts";
import { keyArea } from "./key_area.ts";
import { keyRoad } from "./key_road.ts";
import { landscapeNode } from "./landscape_node.ts";
import { nightscape } from "./nightscape.ts";
import { outfall } from "./outfall.ts";
import { plantingZone } from "./planting_zone.ts";
import { railStation } from "./rail_station.ts";
import { riverReach } from "./river_reach.ts";
import { sharedParking } from "./shared_parking.ts";
import { signboard } from "./signboard.ts";
import { wasteCase } from "./waste_case.ts";
import { waterBarrier } from "./water_barrier.ts";
import { waterPoint } from "./water_point.ts";
import { weakArea } from "./weak_area.ts";

/** 图层目录. Array order is draw order, bottom first. Everything else (validation, tiles, forms, legend, schema, style, rights) derives from it. */
export const layers: readonly LayerDef[] = [
  keyArea,
  riverReach,
  keyRoad,
  greenSpot,
  weakArea,
  nightscape,
  plantingZone,
  bikeZone,
  waterBarrier,
  compound,
  constructionSite,
  disposalSite,
  finding,
  signboard,
  wasteCase,
  caseLayer,
  facadeHazard,
  illegalBuilding,
  outfall,
  landscapeNode,
  sharedParking,
  railStation,
  waterPoint,
];

const byId = new Map(layers.map((layer) => [layer.id, layer]));
const byNo = new Map(layers.map((layer) => [layer.no, layer]));

export const layerById = (id: string): LayerDef | undefined => byId.get(id);
export const layerByNo = (no: number): LayerDef | undefined => byNo.get(no);
