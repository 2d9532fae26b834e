namespace KpGrpc.LedgerServer.Execution.Works;

/// <summary>A work that another derives from.</summary>
/// <param name="WorkId">The ancestor.</param>
/// <param name="RoyaltyPpm">Part of the producer revenue that goes to the ancestor's owners, 0 to 1,000,000.</param>
internal sealed record Ancestor(string WorkId, uint RoyaltyPpm);
