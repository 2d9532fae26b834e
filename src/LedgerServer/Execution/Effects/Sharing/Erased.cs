namespace KpGrpc.LedgerServer.Execution.Effects.Sharing;

/// <summary>A subject was erased: key and salts are destroyed once this is durable.</summary>
/// <param name="SubjectPseudonym">The learner.</param>
internal sealed record Erased(string SubjectPseudonym) : Effect;
