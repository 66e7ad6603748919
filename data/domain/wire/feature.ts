import type { Geometry } from "../change.ts";
import type { Light, LightReason } from "../light.ts";
import type { PhotoPhase, PositionSource } from "../photo.ts";
import type { TaskState, TaskStep } from "../task.ts";
import type { AsOf } from "./as-of.ts";
import type { Deed } from "./history.ts";
import type { RevertChange } from "./write.ts";

/** Stored body of a feature: all that its ETag `"f<id>.<version>"` covers. */
export interface FeatureBody {
  readonly type: "Feature";
  readonly id: number;
  readonly geometry: Geometry;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly guatu: {
    readonly uid: string;
    readonly layer: string;
    readonly version: number;
    /** Shown number, e.g. QP-RQ-07. */
    readonly no: string;
    readonly town: string | null;
    readonly shares: Readonly<Record<string, number>>;
    /** 责任属地 when set by the 专班. */
    readonly duty: string | null;
    readonly deleted: boolean;
  };
}

/** 退回: by which unit, when and why. */
export type Returned = Pick<Deed, "at" | "unit" | "reason">;

export interface TaskView {
  readonly id: number;
  readonly target: number;
  readonly state: TaskState;
  readonly due: string | null;
  readonly lead: string;
  readonly progress: number;
  readonly version: number;
  readonly light: LightReason;
  /** Steps this reader may take now; the others with the reason why not. */
  readonly steps: readonly { readonly step: TaskStep; readonly allowed: boolean; readonly why?: string }[];
  /** This reader may move the due day; left out when not. */
  readonly redate?: true;
  /** Sent back and not submitted again. Not told of a past day. */
  readonly returned?: Returned;
}

export interface FeatureView {
  readonly feature: FeatureBody;
  readonly tasks: readonly TaskView[];
  readonly light: Light;
  /** Metres / square metres, geodesic. */
  readonly size: { readonly lengthM?: number; readonly areaM2?: number };
  readonly may: {
    readonly edit: boolean;
    readonly delete: boolean;
    readonly why?: string;
    /** Not edit, but propose an edit to all towns it lies in (跨镇会签). */
    readonly propose?: boolean;
    /** Bring it back, when it is deleted. */
    readonly restore?: boolean;
  };
  /** Who took it away, when and why, while it is deleted. */
  readonly deletion?: Deed;
  readonly historyCount: number;
  readonly observations?: readonly Observation[];
  /** Oldest first; taken-down ones are left out. */
  readonly photos: readonly PhotoView[];
  readonly asOf: AsOf;
}

/** A photo as evidence of one task; the picture itself is at /api/photos/{uid}?size=thumb|full. */
export interface PhotoView {
  readonly uid: string;
  /** Target number in the plan, 1 to 20. */
  readonly target: number;
  readonly phase: PhotoPhase;
  /** As read from the file or told by the device; null when neither knew. */
  readonly takenAt: string | null;
  readonly filedAt: string;
  readonly unit: string;
  /** Only inside the own unit. */
  readonly person?: string;
  readonly width: number;
  readonly height: number;
  /** Metres to the place when it was filed; null without a position. */
  readonly distanceM: number | null;
  /** The same if the position were GCJ-02. */
  readonly distanceIfGcjM: number | null;
  readonly positionFrom: PositionSource | null;
}

/** What an upload found in the file. */
export interface PhotoFile {
  /** Of the file as it was sent: the name under which it is filed. */
  readonly sha256: string;
  /** Of the picture that is kept, upright. */
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly takenAt: string | null;
  /** [lon, lat] as the file says. */
  readonly position: readonly [number, number] | null;
}

export interface Observation {
  readonly takenAt: string;
  readonly values: Readonly<Record<string, number>>;
}

/** A later change of the same thing, which a revert would undo without being asked to. */
export interface Overlap {
  readonly seq: number;
  readonly at: string;
  readonly unit: string;
  readonly feature: RevertChange["feature"];
  /** Field ids, `geometry`, `duty`, `deleted`, `task`. */
  readonly parts: readonly string[];
}
