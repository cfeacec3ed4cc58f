import type { Graph } from './graph.ts';
/**
 * The graph with a Gelu for each product x * 0.5 * (1 + Erf(x / sqrt(2))), as exporters write it before opset 20. Only
 * what the product alone reads goes with it.
 */
export declare function withGelus(graph: Graph): Graph;
