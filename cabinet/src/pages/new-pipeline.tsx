export function NewPipeline() {
  return null;
}
