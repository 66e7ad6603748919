/** Roles of an account. An account belongs to one unit (which may be a town). */
export const roles = [
  "viewer",
  "editor",
  "reviewer",
  "inspector",
  "leader",
  "taskforce",
  "screen",
  "admin",
] as const;
export type Role = (typeof roles)[number];

export const roleName: Record<Role, string> = {
  viewer: "浏览",
  editor: "经办",
  reviewer: "审核",
  inspector: "督查",
  leader: "领导",
  taskforce: "专班",
  screen: "大屏",
  admin: "系统管理",
};

/** Who may do what, before place and target are looked at. The database guard holds the same table (written by migrate). */
export const roleRights: Record<
  Role,
  { edit: boolean; verify: boolean; everywhere: boolean; manage: boolean }
> = {
  viewer: { edit: false, verify: false, everywhere: false, manage: false },
  editor: { edit: true, verify: false, everywhere: false, manage: false },
  reviewer: { edit: true, verify: true, everywhere: false, manage: false },
  inspector: { edit: false, verify: false, everywhere: false, manage: false },
  leader: { edit: false, verify: false, everywhere: false, manage: false },
  taskforce: { edit: true, verify: true, everywhere: true, manage: false },
  screen: { edit: false, verify: false, everywhere: false, manage: false },
  admin: { edit: false, verify: false, everywhere: false, manage: true },
};

/** What a signed-in reader is, for rights and for the page. `town` is set when the unit is a town. */
export interface Who {
  readonly account: string;
  readonly name: string;
  readonly role: Role;
  readonly unit: string;
  readonly unitName: string;
  readonly town: string | null;
}
