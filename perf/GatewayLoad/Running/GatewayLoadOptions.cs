using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace KpGrpc.GatewayLoad.Running;

/// <summary>What to run and how long.</summary>
internal sealed record GatewayLoadOptions
{
    /// <summary>The workloads, in the order in which they run.</summary>
    public static readonly IReadOnlyList<string> Workloads = ["cached-profile", "home", "chaos"];

    private static readonly string[] WorkloadsDefault = ["cached-profile", "home"]; // chaos takes ten minutes and has a verb of its own

    private const int SecondsMax = 3_600;
    private const string Usage = "Usage: KpGrpc.GatewayLoad --servers=PATH --folder=PATH [--only=WORKLOAD,…] [--seconds=N] [--output=PATH]";
    private static readonly string[] Names = ["servers", "folder", "only", "seconds", "output"];

    /// <summary>Workloads that run.</summary>
    public required IReadOnlySet<string> Only { get; init; }

    /// <summary>Folder of the built servers: a folder a project, <c>release</c> in it.</summary>
    public required string Servers { get; init; }

    /// <summary>Folder for everything that a run writes; the caller's to remove.</summary>
    public required string Folder { get; init; }

    /// <summary>File of the figures; empty for none.</summary>
    public string Output { get; init; } = "";

    /// <summary>Length of a measurement, in seconds. Default 20.</summary>
    public int Seconds { get; init; } = 20;

    /// <summary>Executable of a server, such as <c>Gateway</c>.</summary>
    public string Executable(string name) => Path.Combine(Servers, $"KpGrpc.{name}", "release", $"KpGrpc.{name}");

    /// <summary>Reads a command line.</summary>
    /// <param name="args">Options as <c>--name=value</c>.</param>
    /// <param name="options">The options, if there is no fault.</param>
    /// <param name="fault">What is wrong, with the usage.</param>
    public static bool TryParse(string[] args, [NotNullWhen(true)] out GatewayLoadOptions? options, [NotNullWhen(false)] out string? fault)
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

        var only = values.GetValueOrDefault("only") is { Length: > 0 } list ? list.Split(',') : WorkloadsDefault;
        var seconds = 20;
        if (!values.ContainsKey("servers") || !values.ContainsKey("folder"))
        {
            fault = $"--servers and --folder are required. {Usage}";
        }
        else if (only.FirstOrDefault(name => !Workloads.Contains(name)) is { } unknown)
        {
            fault = $"There is no workload {unknown}; there are {string.Join(", ", Workloads)}. {Usage}";
        }
        else if (values.GetValueOrDefault("seconds") is { Length: > 0 } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds) || seconds is < 1 or > SecondsMax))
        {
            fault = $"--seconds is {text}; it must be 1 to {SecondsMax}. {Usage}";
        }
        else
        {
            options = new GatewayLoadOptions
            {
                Only = only.ToHashSet(),
                Servers = Path.GetFullPath(values["servers"]),
                Folder = values["folder"],
                Seconds = seconds,
                Output = values.GetValueOrDefault("output") ?? "",
            };
        }

        return options is not null;
    }
}
