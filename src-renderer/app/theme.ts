/** The one visual language: a calm sea blue, Chinese fonts first. */
import {
  ActionIcon,
  Alert,
  Badge,
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  type MantineColorsTuple,
  Modal,
  MultiSelect,
  Notification,
  Select,
  Tooltip,
} from "@mantine/core";
import { DatePicker, MonthPickerInput } from "@mantine/dates";

const sea: MantineColorsTuple = [
  "#eef6fb",
  "#dbe9f3",
  "#b6d3e6",
  "#8cbad8",
  "#69a4cb",
  "#4f93c0",
  "#3b84b4",
  "#2b739f",
  "#206591",
  "#12517a",
];

const fonts =
  '"Microsoft YaHei UI", "Microsoft YaHei", "PingFang SC", "HarmonyOS Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei", sans-serif';

/** Windows open and close at once: no waiting, and no half-emptied form while one fades out. */
const windowProps = { closeButtonProps: { "aria-label": "关闭" }, transitionProps: { duration: 0 } };

const yearLabelFormat = "YYYY年";
const ariaLabels = {
  nextMonth: "下月",
  previousMonth: "上月",
  nextYear: "下一年",
  previousYear: "上一年",
};
const calendar = {
  hideOutsideDates: true,
  highlightToday: true,
  monthLabelFormat: "YYYY年M月",
  yearLabelFormat,
  ariaLabels,
  getDayAriaLabel: (day: string) => day,
};

/** The list itself scrolls: a list box that belongs to a field needs no place of its own in the tab order. */
const listOfOptions = {
  defaultProps: { nothingFoundMessage: "没有符合的选项", withScrollArea: false },
  styles: { options: { maxHeight: 240, overflowY: "auto" } },
} as const;

export const theme = createTheme({
  colors: { sea },
  primaryColor: "sea",
  primaryShade: 8,
  fontFamily: fonts,
  headings: { fontFamily: fonts, fontWeight: "600" },
  defaultRadius: "sm",
  fontSizes: { xs: "0.8125rem", sm: "0.875rem", md: "0.9375rem", lg: "1.0625rem", xl: "1.25rem" },
  fontWeights: { regular: "400", medium: "500", bold: "700" },
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Select: Select.extend(listOfOptions),
    MultiSelect: MultiSelect.extend(listOfOptions),
    DatePicker: DatePicker.extend({ defaultProps: calendar }),
    MonthPickerInput: MonthPickerInput.extend({ defaultProps: { yearLabelFormat, ariaLabels } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: "subtle" } }),
    Badge: Badge.extend({
      defaultProps: { variant: "light", radius: "sm" },
      styles: {
        root: { fontSize: "0.75rem", fontWeight: 500, textTransform: "none", flexShrink: 0, minWidth: "max-content" },
      },
    }),
    Alert: Alert.extend({ defaultProps: { variant: "light", closeButtonLabel: "关闭" } }),
    Modal: Modal.extend({ defaultProps: { ...windowProps, centered: true } }),
    Drawer: Drawer.extend({ defaultProps: { ...windowProps, position: "right" } }),
    Notification: Notification.extend({
      defaultProps: { closeButtonProps: { "aria-label": "关闭" } },
      styles: { description: { color: "var(--mantine-color-text)" } },
    }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 300, withArrow: true } }),
  },
});

/** Words on tinted grounds (badges, alert titles) darker than Mantine's own, to pass the contrast of WCAG AA. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-orange-light-color": "#8a3a05",
    "--mantine-color-teal-light-color": "#075c42",
    "--mantine-color-green-light-color": "#1d5c27",
    "--mantine-color-red-light-color": "#a31515",
    "--mantine-color-blue-light-color": "#12517a",
    "--mantine-color-placeholder": "#6b757e",
    "--mantine-color-dimmed": "#56616b",
  },
  dark: { "--mantine-color-placeholder": "#9aa4ad", "--mantine-color-dimmed": "#a3adb6" },
});
