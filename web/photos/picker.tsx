import { type ReactNode, useId } from "react";

interface PickerProps {
  /** Opens the camera itself; otherwise files are chosen, several at once. */
  readonly camera: boolean;
  readonly onPick: (files: readonly File[]) => void;
  readonly className?: string;
  readonly children: ReactNode;
}

/** What it looks like is up to the place; it is a file box to the browser and to a screen reader. */
export function Picker({ camera, onPick, className, children }: PickerProps) {
  const id = useId();
  return (
    <label htmlFor={id} className={className}>
      {children}
      <input
        id={id}
        type="file"
        accept="image/*,.heic,.heif"
        multiple={!camera}
        {...(camera ? { capture: "environment" as const } : {})}
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          // The same file may be picked again after a failure.
          currentTarget.value = "";
          if (files.length > 0) onPick(files);
        }}
      />
    </label>
  );
}
