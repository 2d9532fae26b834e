using System.CommandLine;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Sequence.Training;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Commands.Training;

/// <summary><c>train recommender</c>: its options.</summary>
internal static class TrainRecommender
{
    private const string Examples =
        """
        Trains the transformer recommender from behaviour histories and publishes it as a version.

        Each learner's last work is kept for 'evaluate recommender' and the one before for choosing the best epoch. Ctrl-C
        stops it; the same command goes on from its last checkpoint.

        Examples:
          kp-inference train recommender --data events.csv
          kp-inference train recommender --data sequences.txt --format Sequences --epochs 30 --width 128 --output models
          kp-inference train recommender                 ml-1m and mooccube, as their figures are published
          tensorboard --logdir models/recommender        curves of running and finished trainings
        """;

    /// <summary>Builds the subcommand.</summary>
    public static Command Create(IAnsiConsole console, TimeProvider time)
    {
        var defaults = new SequenceTrainerOptions();
        var data = new Option<FileInfo?>("--data") { Description = "File with histories: CSV, JSON Lines, RecBole .inter, 'user item' or 'user item item …' lines. Default: ml-1m and mooccube in KP_DATA_DIR or ../shared/data." };
        var format = new Option<HistoryFormat>("--format") { Description = "How the file is written.", DefaultValueFactory = _ => HistoryFormat.Auto };
        var name = new Option<string?>("--name") { Description = "Name of the data set. Default: the file's name." };
        var output = new Option<DirectoryInfo>("--output") { Description = "Folder of all models.", DefaultValueFactory = _ => new DirectoryInfo("models") };
        var model = new Option<string>("--model") { Description = "Name of the model.", DefaultValueFactory = _ => "recommender" };
        var version = new Option<string?>("--version") { Description = "Name of the version. Default: the data set's name." };
        var skip = new Option<bool>("--skip-existing") { Description = "Leave a version that exists as it is, instead of failing." };
        var anew = new Option<bool>("--no-resume") { Description = "Start anew, even where a checkpoint lies." };
        var device = new Option<string>("--device") { Description = "auto, cpu or cuda.", DefaultValueFactory = _ => "auto" };
        device.AcceptOnlyFromAmong("auto", "cpu", "cuda");
        var threads = Number("--threads", "Threads of libtorch on the CPU; 0 = its own choice. The same number gives the same weights.", 0);
        var epochs = Number("--epochs", "Passes over the data at most.", defaults.EpochsMax);
        var patience = Number("--patience", "Validations without a new best after which it ends; 0 = never early.", defaults.Patience);
        var validateEvery = Number("--validate-every", "Epochs between two validations.", defaults.ValidateEvery);
        var width = Number("--width", "Width of the embeddings.", defaults.Width);
        var innerWidth = Number("--inner-width", "Width of the inner layers.", defaults.InnerWidth);
        var blocks = Number("--blocks", "Transformer blocks.", defaults.Blocks);
        var heads = Number("--heads", "Attention heads.", defaults.Heads);
        var length = Number("--length", "Newest works of a history that are read.", defaults.LengthMax);
        var places = Number("--places-per-step", "Transitions an optimiser step learns from; 0 = a 150th of all, within 512 to 6,400.", defaults.PlacesPerStep);
        var sampled = Number("--sampled-works", "Works that stand for the catalogue in a step's loss; 0 = all of them.", defaults.SampledWorks);
        var rate = new Option<double>("--learning-rate") { Description = "Highest learning rate.", DefaultValueFactory = _ => defaults.LearningRate };
        var dropout = new Option<double>("--dropout") { Description = "Probability of dropout.", DefaultValueFactory = _ => defaults.Dropout };
        var seed = new Option<ulong>("--seed") { Description = "Seed of all randomness.", DefaultValueFactory = _ => defaults.Seed };

        var command = new Command("recommender", Examples)
        {
            data, format, name, output, model, version, skip, anew, device, threads, epochs, patience, validateEvery,
            width, innerWidth, blocks, heads, length, places, sampled, rate, dropout, seed,
        };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(TrainingFaults.Guard(
            console,
            () => RecommenderTraining.Run(
                console,
                time,
                new RecommenderPlan(
                    EvaluationSources.Find(parsed.GetValue(data), parsed.GetValue(format), parsed.GetValue(name)),
                    parsed.GetValue(output)!.FullName, parsed.GetValue(model)!, parsed.GetValue(version), parsed.GetValue(skip), !parsed.GetValue(anew),
                    parsed.GetValue(device)!, parsed.GetValue(threads),
                    new SequenceTrainerOptions
                    {
                        Width = parsed.GetValue(width),
                        InnerWidth = parsed.GetValue(innerWidth),
                        Blocks = parsed.GetValue(blocks),
                        Heads = parsed.GetValue(heads),
                        LengthMax = parsed.GetValue(length),
                        EpochsMax = parsed.GetValue(epochs),
                        Patience = parsed.GetValue(patience),
                        ValidateEvery = parsed.GetValue(validateEvery),
                        PlacesPerStep = parsed.GetValue(places),
                        SampledWorks = parsed.GetValue(sampled),
                        LearningRate = parsed.GetValue(rate),
                        Dropout = parsed.GetValue(dropout),
                        Seed = parsed.GetValue(seed),
                    }),
                cancellationToken),
            "Stopped. The same command goes on from the last checkpoint.")));
        return command;
    }

    private static Option<int> Number(string name, string description, int value) => new(name) { Description = description, DefaultValueFactory = _ => value };
}
