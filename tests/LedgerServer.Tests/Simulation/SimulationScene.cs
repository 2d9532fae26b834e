using KpGrpc.LedgerServer.Admission;
using KpGrpc.LedgerServer.Execution;

namespace KpGrpc.LedgerServer.Tests.Simulation;

/// <summary>What all seeds of a simulation share, none of which changes: the network and its commands.</summary>
internal sealed class SimulationScene : IDisposable
{
    // Memory where there is such a disk: faults are simulated, so a real sync would only cost time.
    private const string MemoryDisk = "/dev/shm";

    private readonly string folder;

    public SimulationScene()
    {
        Network = new FixedNetwork();
        Opening = SimulatedMarket.Opening(Network);
        Trade = SimulatedMarket.Trade(Network);
        folder = Directory.Exists(MemoryDisk)
            ? Path.Combine(MemoryDisk, Path.GetRandomFileName())
            : Directory.CreateTempSubdirectory("kpgrpc-test-").FullName;
        Directory.CreateDirectory(folder);
        using var ledger = new SimulatedLedger(Network, DataFolder("genesis"));
        Genesis = ledger.Genesis;
    }

    public FixedNetwork Network { get; }

    public Genesis Genesis { get; }

    public IReadOnlyList<AdmittedCommand> Opening { get; }

    public IReadOnlyList<AdmittedCommand> Trade { get; }

    /// <summary>A data folder below the scene's own.</summary>
    public string DataFolder(string name) => Path.Combine(folder, name);

    public void Dispose()
    {
        Network.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
