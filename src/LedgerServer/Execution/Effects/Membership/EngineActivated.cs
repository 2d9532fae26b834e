using KpGrpc.LedgerServer.Execution.Governance.Engines;

namespace KpGrpc.LedgerServer.Execution.Effects.Membership;

/// <summary>A version of the rules was activated.</summary>
/// <param name="Activation">The version and its start.</param>
internal sealed record EngineActivated(EngineActivation Activation) : Effect;
