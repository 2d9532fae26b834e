namespace KpGrpc.Demo;

/// <summary>What the command line says.</summary>
internal sealed record DemoSettings
{
    /// <summary>Folder for everything that the demo keeps. Default <c>data</c> under the working folder.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Folder with the built servers; null for the build output that holds the demo.</summary>
    public string? ServersDirectory { get; init; }

    /// <summary>Folder with real data; null where none is named.</summary>
    public string? InputDirectory { get; init; }

    /// <summary>Folder of this program.</summary>
    public required string BaseDirectory { get; init; }

    /// <summary>Ports; 0 takes a free one.</summary>
    public required PortSettings Ports { get; init; }

    /// <summary>Whether to stay up after the story.</summary>
    public bool StayUp { get; init; }

    /// <summary>Longest wait for one server to become ready.</summary>
    public TimeSpan ReadyLimit { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Folder of the demo's own files.</summary>
    public string DemoDirectory => Path.Combine(DataDirectory, "demo");

    /// <summary>Path of one of the demo's own files.</summary>
    public string DemoFile(params string[] parts) => Path.Combine([DemoDirectory, .. parts]);
}
