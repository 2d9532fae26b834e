using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace KpGrpc.InferenceLoad.Running;

/// <summary>What to run and how long.</summary>
internal sealed record InferenceLoadOptions
{
    /// <summary>The workloads, in the order in which they run.</summary>
    public static readonly IReadOnlyList<string> Workloads = ["tagger", "batching", "overload", "swap", "cancel", "recommend-100k", "recommend-1m"];

    private static readonly string[] Names = ["server", "folder", "only", "seconds", "output", "texts", "peer"];

    private const string Usage = "Usage: KpGrpc.InferenceLoad --server=PATH --folder=PATH --texts=PATH [--only=WORKLOAD,…] [--seconds=N] [--output=PATH] [--peer=PATH]";

    /// <summary>Workloads that run.</summary>
    public required IReadOnlySet<string> Only { get; init; }

    /// <summary>Executable of the InferenceServer.</summary>
    public required string Server { get; init; }

    /// <summary>Folder for everything that a run writes; the caller's to remove.</summary>
    public required string Folder { get; init; }

    /// <summary>Tagged texts in CLUENER's form, which the tagger reads; the workloads of the tagger are left out without them.</summary>
    public string Texts { get; init; } = "";

    /// <summary>File of the figures; empty for none.</summary>
    public string Output { get; init; } = "";

    /// <summary>Script that measures the same network in PyTorch; empty for none.</summary>
    public string Peer { get; init; } = "";

    /// <summary>Length of a measurement, in seconds; overload takes twice as long, and at least a minute in a whole run. Default 20.</summary>
    public int Seconds { get; init; } = 20;

    /// <summary>True where any of the workloads runs.</summary>
    public bool Runs(params string[] workloads) => workloads.Any(Only.Contains);

    /// <summary>Reads a command line.</summary>
    /// <param name="args">Options as <c>--name=value</c>.</param>
    /// <param name="options">The options, if there is no fault.</param>
    /// <param name="fault">What is wrong, with the usage.</param>
    public static bool TryParse(string[] args, [NotNullWhen(true)] out InferenceLoadOptions? options, [NotNullWhen(false)] out string? fault)
    {
        (options, fault) = (null, null);
        var values = new Dictionary<string, string>();
        foreach (var arg in args)
        {
            var parts = arg.Split('=', 2);
            if (parts.Length != 2 || !parts[0].StartsWith("--", StringComparison.Ordinal) || !Names.Contains(parts[0][2..]))
            {
                fault = $"There is no option {arg}. {Usage}";
                return false;
            }

            values[parts[0][2..]] = parts[1];
        }

        var only = values.GetValueOrDefault("only") is { Length: > 0 } list ? list.Split(',') : [.. Workloads];
        var seconds = 20;
        if (only.FirstOrDefault(name => !Workloads.Contains(name)) is { } unknown)
        {
            fault = $"There is no workload {unknown}; there are {string.Join(", ", Workloads)}.";
        }
        else if (values.GetValueOrDefault("seconds") is { Length: > 0 } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds) || seconds is < 1 or > 600))
        {
            fault = "seconds must be 1 to 600.";
        }
        else if (!values.TryGetValue("server", out var server) || !File.Exists(server) || !values.TryGetValue("folder", out var folder) || !Directory.Exists(folder))
        {
            fault = $"The server's executable and a folder are needed. {Usage}";
        }
        else
        {
            options = new InferenceLoadOptions
            {
                Only = only.ToHashSet(),
                Server = server,
                Folder = folder,
                Texts = values.GetValueOrDefault("texts", ""),
                Output = values.GetValueOrDefault("output", ""),
                Peer = values.GetValueOrDefault("peer", ""),
                Seconds = seconds,
            };
        }

        return options is not null;
    }
}
