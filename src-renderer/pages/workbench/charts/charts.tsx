import classes from "./charts.module.css";
import { InvestmentChart } from "./investment-chart.tsx";
import { IssueAges } from "./issue-ages.tsx";
import { LightHistory } from "./light-history.tsx";
import { SecretaryLoad } from "./secretary-load.tsx";

/** The charts of this office's own scope. Each is a table with bars in it: what the eye compares is also written. */
export function Charts() {
  return (
    <div className={classes.charts}>
      <LightHistory />
      <InvestmentChart />
      <div className={classes.stack}>
        <IssueAges />
        <SecretaryLoad />
      </div>
    </div>
  );
}
