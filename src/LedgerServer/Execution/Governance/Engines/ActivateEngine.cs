namespace KpGrpc.LedgerServer.Execution.Governance.Engines;

/// <summary>Activates a version of the execution rules.</summary>
/// <param name="EngineVersion">The version.</param>
/// <param name="FromSequence">First sequence executed by it.</param>
internal sealed record ActivateEngine(uint EngineVersion, ulong FromSequence) : ChangeBody
{
    /// <inheritdoc/>
    public override CommandKind Kind => CommandKind.ActivateEngine;
}
