/** 六化: the plan's six goals for a street (section 二（一）). */
export const sixGoals = {
  road_flat: "城市道路平整化",
  facility_less: "公共设施减量化",
  facade_fit: "建筑立面协调化",
  wall_eco: "围墙建设生态化",
  shop_style: "店招店铺个性化",
  green_street: "绿化街景品质化",
} as const;

/** 十无: the ten things a street must be without, in the plan's words. */
export const tenFaults = {
  road_damage: "道路病害",
  exposed_waste: "暴露垃圾",
  kiosk: "占道亭棚",
  facade_dirt: "立面污损",
  scribble: "乱涂写张贴",
  illegal_structure: "违法建筑",
  street_vending: "占道经营",
  bad_parking: "乱停车",
  bad_hanging: "乱悬挂",
  poor_green: "失管失养绿化",
} as const;

/** The five kinds of place target 1 walks through (田间窝棚 only in the text, not in the table). */
export const placeKinds = {
  roadside: "城市道路两侧",
  public_place: "公共场所",
  building_site: "建筑工地",
  industrial_park: "工业园区",
  field_shed: "田间窝棚",
} as const;
