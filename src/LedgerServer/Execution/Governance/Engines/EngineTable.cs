using KpGrpc.LedgerServer.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Execution.Governance.Engines;

/// <summary>Versions of the rules by the sequence from which they execute; starts with version 1 from sequence 0.</summary>
internal sealed class EngineTable : IStateTable
{
    private readonly List<EngineActivation> _all = [new EngineActivation(1, 0)];

    /// <summary>All activations, ascending by version and sequence.</summary>
    public IReadOnlyList<EngineActivation> All => _all;

    /// <summary>The highest version activated; its start may lie ahead.</summary>
    public EngineActivation Last => _all[^1];

    /// <summary>The version that executes a sequence.</summary>
    public uint VersionAt(ulong sequence) => _all.FindLast(activation => activation.FromSequence <= sequence)!.Version;

    /// <summary>Adds a version above all others.</summary>
    internal void Add(EngineActivation activation) => _all.Add(activation);

    string IStateTable.Name => "engines";

    void IStateTable.Save(StateWriter writer) => writer.Records(_all);

    void IStateTable.Load(StateReader reader)
    {
        _all.Clear();
        reader.EachRecord<EngineActivation>(Add);
    }
}
