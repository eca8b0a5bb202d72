import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { client } from "#renderer/app/rpc.ts";

/**
 * The content or thumbnail of an attachment as an address for <img>; null while it is loading. Contents never change,
 * so writes elsewhere do not fetch them again.
 */
export function useContentUrl(which: "content" | "thumbnail", id: string, enabled: boolean) {
  const { data, error } = useQuery({
    queryKey: ["attachment", which, id],
    queryFn: () => client.attachments[which]({ id }),
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: which === "content" ? 30_000 : 300_000,
  });
  return { url: useObjectUrl(data), error };
}

/** An address for the file, given back when the component goes. */
export function useObjectUrl(file: Blob | null | undefined): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!file) return;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => {
      URL.revokeObjectURL(made);
      setUrl(null);
    };
  }, [file]);
  return url;
}
