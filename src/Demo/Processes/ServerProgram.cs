namespace KpGrpc.Demo.Processes;

/// <summary>One of the three servers as the demo starts it.</summary>
/// <param name="Name">Name for people and log files.</param>
/// <param name="Project">Project, also the name of its executable.</param>
internal sealed record ServerProgram(string Name, string Project)
{
    /// <summary>Keeps the ledger.</summary>
    public static ServerProgram Ledger { get; } = new("LedgerServer", "KpGrpc.LedgerServer");

    /// <summary>Profiles and recommends.</summary>
    public static ServerProgram Inference { get; } = new("InferenceServer", "KpGrpc.InferenceServer");

    /// <summary>The one door.</summary>
    public static ServerProgram Gateway { get; } = new("Gateway", "KpGrpc.Gateway");
}
