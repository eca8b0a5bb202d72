/** The one visual language: a calm sea blue, Chinese fonts first. */
import {
  ActionIcon,
  Alert,
  createTheme,
  Drawer,
  type MantineColorsTuple,
  Modal,
  MultiSelect,
  Select,
  Tooltip,
} from "@mantine/core";

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

export const theme = createTheme({
  colors: { sea },
  primaryColor: "sea",
  primaryShade: 8,
  fontFamily: fonts,
  headings: { fontFamily: fonts, fontWeight: "600" },
  defaultRadius: "sm",
  fontSizes: { xs: "0.8125rem", sm: "0.875rem", md: "0.9375rem", lg: "1.0625rem", xl: "1.25rem" },
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Select: Select.extend({ defaultProps: { nothingFoundMessage: "没有符合的选项" } }),
    MultiSelect: MultiSelect.extend({ defaultProps: { nothingFoundMessage: "没有符合的选项" } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: "subtle" } }),
    Alert: Alert.extend({ defaultProps: { variant: "light", closeButtonLabel: "关闭" } }),
    Modal: Modal.extend({ defaultProps: { ...windowProps, centered: true } }),
    Drawer: Drawer.extend({ defaultProps: { ...windowProps, position: "right" } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 300, withArrow: true } }),
  },
});
