using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace KpGrpc.LoadTest.Running;

/// <summary>What to run and how long.</summary>
internal sealed record LoadOptions
{
    /// <summary>The workloads, in the order in which they run.</summary>
    public static readonly IReadOnlyList<string> Workloads = ["postgres", "hotspot", "uniform", "bulk", "proof", "restart", "purchase", "purchase-alone", "grown"];

    private const string Usage = "Usage: KpGrpc.LoadTest --server=PATH --folder=PATH [--only=WORKLOAD,…] [--seconds=N] [--accounts=N] [--grown-accounts=N] [--grown-transfers=N] [--output=PATH] [--peer=PATH]";

    /// <summary>Workloads that run.</summary>
    public required IReadOnlySet<string> Only { get; init; }

    /// <summary>Executable of the LedgerServer.</summary>
    public required string Server { get; init; }

    /// <summary>Folder for everything that a run writes; the caller's to remove.</summary>
    public required string Folder { get; init; }

    /// <summary>File of the figures; empty for none.</summary>
    public string Output { get; init; } = "";

    /// <summary>Script that measures PostgreSQL; empty for none.</summary>
    public string Peer { get; init; } = "";

    /// <summary>Length of a measurement of hotspot, uniform, purchase and grown, in seconds; others take a part of it. Default 30.</summary>
    public int Seconds { get; init; } = 30;

    /// <summary>Accounts of all workloads but grown. Default 100,000.</summary>
    public int Accounts { get; init; } = 100_000;

    /// <summary>Accounts of the grown ledger. Default 1,000,000.</summary>
    public int GrownAccounts { get; init; } = 1_000_000;

    /// <summary>Transfers that the grown ledger has before it is measured. Default 10,000,000.</summary>
    public int GrownTransfers { get; init; } = 10_000_000;

    /// <summary>True where any of the workloads runs.</summary>
    public bool Runs(params string[] workloads) => workloads.Any(Only.Contains);

    /// <summary>Reads a command line.</summary>
    /// <param name="args">Options as <c>--name=value</c>.</param>
    /// <param name="options">The options, if there is no fault.</param>
    /// <param name="fault">What is wrong, with the usage.</param>
    public static bool TryParse(string[] args, [NotNullWhen(true)] out LoadOptions? options, [NotNullWhen(false)] out string? fault)
    {
        options = null;
        fault = null;
        var values = new Dictionary<string, string>();
        foreach (var arg in args)
        {
            var parts = arg.Split('=', 2);
            if (parts.Length != 2 || parts[0] is not ("--server" or "--folder" or "--only" or "--seconds" or "--accounts" or "--grown-accounts" or "--grown-transfers" or "--output" or "--peer"))
            {
                fault = $"There is no option {arg}. {Usage}";
                return false;
            }

            values[parts[0][2..]] = parts[1];
        }

        var only = values.GetValueOrDefault("only") is { Length: > 0 } list ? list.Split(',') : [.. Workloads];
        if (only.FirstOrDefault(name => !Workloads.Contains(name)) is { } unknown)
        {
            fault = $"There is no workload {unknown}; there are {string.Join(", ", Workloads)}.";
        }
        else if (!TryNumber(values, "seconds", 30, 1, 600, out var seconds) || !TryNumber(values, "accounts", 100_000, 1_000, 1_000_000, out var accounts)
            || !TryNumber(values, "grown-accounts", 1_000_000, 1_000, 1_000_000, out var grownAccounts)
            || !TryNumber(values, "grown-transfers", 10_000_000, 1, 100_000_000, out var grownTransfers))
        {
            fault = "seconds must be 1 to 600, accounts 1,000 to 1,000,000, transfers 1 to 100,000,000.";
        }
        else if (!values.TryGetValue("server", out var server) || !File.Exists(server) || !values.TryGetValue("folder", out var folder) || !Directory.Exists(folder))
        {
            fault = $"The server's executable and a folder are needed. {Usage}";
        }
        else
        {
            options = new LoadOptions
            {
                Only = only.ToHashSet(),
                Server = server,
                Folder = folder,
                Output = values.GetValueOrDefault("output", ""),
                Peer = values.GetValueOrDefault("peer", ""),
                Seconds = seconds,
                Accounts = accounts,
                GrownAccounts = grownAccounts,
                GrownTransfers = grownTransfers,
            };
        }

        return options is not null;
    }

    private static bool TryNumber(Dictionary<string, string> values, string name, int fallback, int from, int to, out int number)
    {
        number = fallback;
        return values.GetValueOrDefault(name) is not { Length: > 0 } text
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= from && number <= to);
    }
}
