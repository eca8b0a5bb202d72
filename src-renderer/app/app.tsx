import { MantineProvider } from "@mantine/core";
import { DatesProvider } from "@mantine/dates";
import { ModalsProvider } from "@mantine/modals";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { Gate } from "./gate.tsx";
import { LightDateProvider } from "./light-date.tsx";
import { router } from "./router.tsx";
import { queryClient } from "./rpc.ts";
import { cssVariablesResolver, theme } from "./theme.ts";

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <DatesProvider settings={{ locale: "zh-cn", firstDayOfWeek: 1, weekendDays: [] }}>
        <QueryClientProvider client={queryClient}>
          <ModalsProvider labels={{ confirm: "确定", cancel: "取消" }}>
            <Notifications position="bottom-right" limit={4} />
            <Gate>
              <LightDateProvider>
                <RouterProvider router={router} />
              </LightDateProvider>
            </Gate>
          </ModalsProvider>
        </QueryClientProvider>
      </DatesProvider>
    </MantineProvider>
  );
}
