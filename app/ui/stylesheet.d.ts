/** Vite hands a stylesheet over as the address from which a page loads it. */
declare module "*.scss?url" {
  const address: string;

  export { address as default };
}
