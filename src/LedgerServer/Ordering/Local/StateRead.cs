using KpGrpc.LedgerServer.Execution;

namespace KpGrpc.LedgerServer.Ordering.Local;

/// <summary>A question about the state between commits.</summary>
internal abstract class StateRead : WorkItem
{
    public override int Weight => 1;

    public override long Bytes => 0;

    /// <summary>Answers; never throws.</summary>
    public abstract void Run(LedgerState state);
}
