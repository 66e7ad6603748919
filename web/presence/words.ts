import type { PresenceAnswer } from "#data/domain/presence.ts";

type Other = PresenceAnswer["others"][number];

export interface Face {
  readonly key: string;
  /** The one character of the avatar. */
  readonly letter: string;
  readonly name: string;
  readonly mode: Other["mode"];
}

/** A colleague by name, another unit by its own. An account that is called after its unit is a function: 同事（审核）. */
const nameOf = ({ unit, person }: Other): string => {
  const [name, post] = (person ?? unit).split(" ");
  return post === undefined ? (name ?? "") : `同事（${post}）`;
};

/** Those who edit first; several of one unit are one face with their number. */
export function facesOf({ others }: Pick<PresenceAnswer, "others">): Face[] {
  const faces = new Map<string, { other: Other; count: number }>();
  for (const other of others) {
    const key = `${nameOf(other)} ${other.mode}`;
    faces.set(key, { other, count: (faces.get(key)?.count ?? 0) + 1 });
  }
  return [...faces]
    .map(([key, { other, count }]) => {
      const name = nameOf(other);
      return {
        key,
        letter: name.slice(0, 1),
        name: count > 1 ? `${name} ${count} 人` : name,
        mode: other.mode,
      };
    })
    .sort((a, b) => Number(b.mode === "editing") - Number(a.mode === "editing"));
}

const modeWords: Record<Other["mode"], string> = { editing: "正在编辑", viewing: "在看" };

/** 同事 正在编辑，绿化市容局 在看; empty when nobody else is there. */
export const presenceSentence = (faces: readonly Face[]): string =>
  faces.map(({ name, mode }) => `${name} ${modeWords[mode]}`).join("，");
