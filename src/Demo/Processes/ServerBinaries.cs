namespace KpGrpc.Demo.Processes;

/// <summary>Finds the built servers. They are started as processes and never loaded into this one, so that the demo carries no libtorch.</summary>
internal sealed class ServerBinaries
{
    /// <summary>Environment variable that names a folder with the built servers.</summary>
    public const string Variable = "KP_SERVERS_DIR";

    private readonly string root;
    private readonly string configuration;

    /// <summary>Looks in a folder that holds <c>&lt;project&gt;/&lt;configuration&gt;/</c>, the layout of <c>artifacts/bin</c>, or <c>&lt;project&gt;/</c>.</summary>
    /// <param name="configured">That folder; null or empty for the one that holds the demo's own output.</param>
    /// <param name="baseDirectory">Folder of this program.</param>
    public ServerBinaries(string? configured, string baseDirectory)
    {
        var own = new DirectoryInfo(baseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        configuration = own.Name;
        root = !string.IsNullOrWhiteSpace(configured) ? Path.GetFullPath(configured) : own.Parent?.Parent?.FullName ?? own.FullName;
    }

    /// <summary>The executable of a server.</summary>
    /// <exception cref="DemoException">It is not there.</exception>
    public string Find(ServerProgram server)
    {
        var name = OperatingSystem.IsWindows() ? $"{server.Project}.exe" : server.Project;
        string[] places =
        [
            Path.Combine(root, server.Project, configuration, name),
            Path.Combine(root, server.Project, name),
        ];
        return places.FirstOrDefault(File.Exists) ?? throw new DemoException(
            $"the executable of the {server.Name} is missing: {places[0]}. Build it with \"dotnet build src/{server.Name}\", "
            + $"or name the folder that holds the built servers with --servers-dir or {Variable}.");
    }

    /// <summary>The executables of all servers.</summary>
    /// <exception cref="DemoException">One is not there.</exception>
    public void Check(IEnumerable<ServerProgram> servers)
    {
        foreach (var server in servers)
        {
            Find(server);
        }
    }
}
