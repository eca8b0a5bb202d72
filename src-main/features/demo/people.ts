/** Invented people whose names say that they are examples. */
import type { Row, Values } from "#domain/registry.ts";
import { newId } from "#journal/journal.ts";

export type DemoPerson = { id: string; values: Values<"person"> & { office_id: string; name: string } };

const surnames = [..."赵钱孙周吴郑冯陈褚卫蒋沈韩杨朱秦许何吕施孔曹严华金魏陶姜"];
const markers = ["示例", "样本", "演示", "示范", "样例"];

/** Two colleagues in the city office, a clerk and two secretaries per district, one secretary per street named. */
export function demoPeople(offices: readonly Row<"office">[], streetIds: ReadonlySet<string>): DemoPerson[] {
  const city = offices.find((office) => office.level === "city");
  const made: DemoPerson[] = [];
  const add = (office: Row<"office">, name: string, duty: string, isSecretary: boolean) => {
    const phone = `0411-0000${String(made.length + 1).padStart(4, "0")}`;
    const secretary = isSecretary
      ? { is_secretary: 1 as const, secretary_unit: office.name }
      : { is_secretary: 0 as const };
    made.push({ id: newId("person"), values: { office_id: office.id, name, duty, phone, ...secretary } });
  };
  if (city) {
    add(city, "李样本", "投资科科长", false);
    add(city, "王演示", "项目服务秘书", true);
  }
  let index = 0;
  const nextName = () => {
    const round = Math.floor(index / surnames.length);
    const name = `${surnames[index % surnames.length]}${markers[(index + round) % markers.length]}`;
    index++;
    return name;
  };
  for (const office of offices) {
    if (office.level === "district") {
      add(office, nextName(), "发展改革局科员", false);
      add(office, nextName(), "项目服务秘书", true);
      add(office, nextName(), "项目服务秘书", true);
    }
    if (office.level === "street" && streetIds.has(office.id)) add(office, nextName(), "项目服务秘书", true);
  }
  return made;
}
