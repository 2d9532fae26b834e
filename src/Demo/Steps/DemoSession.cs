using KpGrpc.Demo.Data;
using KpGrpc.Demo.Network;
using KpGrpc.Demo.Output;
using KpGrpc.Demo.Processes;
using KpGrpc.Demo.Training;

namespace KpGrpc.Demo.Steps;

/// <summary>What one step hands to the next. Disposing it leaves the training and stops the servers.</summary>
internal sealed class DemoSession(DemoSettings settings, StoryConsole console, TimeProvider time) : IAsyncDisposable
{
    private ServerGroup? servers;
    private TransformerTraining? training;

    /// <summary>What the command line says.</summary>
    public DemoSettings Settings => settings;

    /// <summary>Where to print.</summary>
    public StoryConsole Console => console;

    /// <summary>The built servers.</summary>
    public ServerBinaries Binaries { get; } = new(settings.ServersDirectory, settings.BaseDirectory);

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    /// <summary>When the demo began, for elapsed times.</summary>
    public long StartedAt { get; } = time.GetTimestamp();

    /// <summary>The input; set by the first step.</summary>
    public DemoData Data { get => field ?? throw NotYet(); set; }

    /// <summary>The input as files for the importer; set by the first step.</summary>
    public ImportFiles Files { get => field ?? throw NotYet(); set; }

    /// <summary>Keys and genesis; set by the second step.</summary>
    public DevelopmentNetwork Network { get => field ?? throw NotYet(); set; }

    /// <summary>The running servers; set by the third step.</summary>
    public ServerGroup Servers { get => servers ?? throw NotYet(); set => servers = value; }

    /// <summary>The transformer's training; set by the step after the import.</summary>
    public TransformerTraining Training { get => training ?? throw NotYet(); set => training = value; }

    /// <summary>How far the training is, where that changed; null before it was ordered too.</summary>
    public string? TrainingNews() => training?.News();

    /// <summary>What happened to the learner so far.</summary>
    public LearnerStory Story { get; } = new();

    /// <summary>Time from the start of the demo to the first feed; null before it.</summary>
    public TimeSpan? FirstRecommendation { get; set; }

    /// <summary>A message about a server that ended by itself; null where none did.</summary>
    public async Task<string?> ServerObituaryAsync() => servers is null ? null : await servers.ObituaryAsync();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (training is not null)
        {
            await training.DisposeAsync();
        }

        if (servers is not null)
        {
            await servers.DisposeAsync();
        }
    }

    private static InvalidOperationException NotYet() => new("an earlier step has not run");
}
