using KpGrpc.Functional.Tests.Stack;
using KpGrpc.Testing;

namespace KpGrpc.Functional.Tests.Startup;

/// <summary>Settings with which any of the three servers starts alone, on free ports, in a folder of its own.</summary>
internal static class ServerSettings
{
    /// <summary>The settings as arguments; later ones override them.</summary>
    /// <param name="folder">Folder for all state.</param>
    /// <param name="servers">Whose development network is used.</param>
    public static IEnumerable<string> In(TemporaryDirectory folder, RunningServers servers) =>
    [
        "--Hosting:GrpcPort=0",
        "--Hosting:HttpPort=0",
        "--Ledger:Development=true",
        $"--Ledger:DataDirectory={folder.Combine("ledger")}",
        $"--Ledger:GenesisPath={servers.DataFile("demo", "network", "genesis.json")}",
        $"--Ledger:LogKeyPath={servers.DataFile("demo", "network", "log.key")}",
        $"--Storage:Directory={folder.Combine("inference")}",
        $"--Gateway:PseudonymKeyPath={folder.Combine("pseudonym.key")}",
        $"--Redis:EmbeddedDirectory={folder.Combine("redis")}",
    ];
}
