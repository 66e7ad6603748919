const digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/** 二十, 十一: whole numbers from 0 to 99 in Chinese numerals; larger ones as figures. */
export function numerals(value: number): string {
  if (value > 99) return String(value);
  const [ten, one] = [Math.floor(value / 10), value % 10];
  if (ten === 0) return digits[one] ?? "";
  return `${ten === 1 ? "" : digits[ten]}十${one === 0 ? "" : digits[one]}`;
}
