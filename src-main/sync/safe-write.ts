export { writeFileSafely } from "#store/safe-write.ts";
