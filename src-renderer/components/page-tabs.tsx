import { Badge, Tabs } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./page-tabs.module.css";

type Tab<K extends string> = { value: K; label: string; count?: number };
type Props<K extends string> = {
  label: string;
  tabs: readonly Tab<K>[];
  value: K;
  onChange: (value: K) => void;
  /** What the open tab shows; fills the rest of the page. */
  children: ReactNode;
};

/** The parts of a page. Which one is open belongs into the address, so this only shows and reports it. */
export function PageTabs<K extends string>({ label, tabs, value, onChange, children }: Props<K>) {
  return (
    <Tabs
      className={classes.tabs}
      value={value}
      onChange={(next) => {
        const chosen = tabs.find((tab) => tab.value === next);
        if (chosen) onChange(chosen.value);
      }}
    >
      <Tabs.List aria-label={label}>
        {tabs.map((tab) => (
          <Tabs.Tab key={tab.value} value={tab.value} className={classes.tab}>
            {tab.label}
            {tab.count !== undefined && tab.count > 0 && <Badge ml={6}>{tab.count.toLocaleString("zh-CN")}</Badge>}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel key={value} value={value} className={classes.panel}>
        {children}
      </Tabs.Panel>
    </Tabs>
  );
}
