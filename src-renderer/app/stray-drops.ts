/** A file dropped beside its place would replace the page in a browser window; here it does nothing. */
export function ignoreStrayDrops(): void {
  const ignore = (event: DragEvent) => {
    // A place that takes files has prevented this already; dragged text still goes into fields.
    if (event.defaultPrevented || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "none";
  };
  window.addEventListener("dragover", ignore);
  window.addEventListener("drop", ignore);
}
