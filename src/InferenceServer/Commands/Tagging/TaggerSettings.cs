using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using KpGrpc.InferenceServer.Models.Tagging.Training;
using KpGrpc.InferenceServer.Training;

namespace KpGrpc.InferenceServer.Commands.Tagging;

/// <summary>The settings of a training as options of the command line; what is not given has the default of <see cref="TaggerTrainingOptions"/>.</summary>
internal sealed class TaggerSettings
{
    private readonly List<(Option Option, Action<ParseResult, TaggerTrainingOptions> Take)> all = [];

    /// <summary>Declares the options.</summary>
    public TaggerSettings()
    {
        var defaults = new TaggerTrainingOptions();
        Add("--epochs", "Epochs at most.", defaults.Epochs, (options, value) => options.Epochs = value);
        Add("--patience", "Validations without a new best after which training ends; 0 = never.", defaults.Patience, (options, value) => options.Patience = value);
        Add("--batch-size", "Texts of a step.", defaults.BatchSize, (options, value) => options.BatchSize = value);
        Add("--learning-rate", "Peak learning rate.", defaults.LearningRate, (options, value) => options.LearningRate = value);
        Add("--layer-decay", "Factor on the learning rate from each layer to the one below it.", defaults.LayerDecay, (options, value) => options.LayerDecay = value);
        Add("--weight-decay", "Weight decay of matrices.", defaults.WeightDecay, (options, value) => options.WeightDecay = value);
        Add("--warm-up", "Share of the steps in which the learning rate rises.", defaults.WarmUpShare, (options, value) => options.WarmUpShare = value);
        Add("--dropout", "Dropout.", defaults.Dropout, (options, value) => options.Dropout = value);
        Add("--attention-dropout", "Dropout of attention weights.", defaults.AttentionDropout, (options, value) => options.AttentionDropout = value);
        Add("--swap", "Share of the mentions that are replaced by another of their label.", defaults.SwapShare, (options, value) => options.SwapShare = value);
        Add("--unknown", "Share of the tokens that are read as unknown.", defaults.UnknownShare, (options, value) => options.UnknownShare = value);
        Add("--average", "Decay of the average of the weights; 0 = the last weights.", defaults.AverageDecay, (options, value) => options.AverageDecay = value);
        Add("--pretrain-epochs", "Epochs of the masked language model before.", defaults.PretrainEpochs, (options, value) => options.PretrainEpochs = value);
        Add("--pretrain-rate", "Peak learning rate of the masked language model.", defaults.PretrainLearningRate, (options, value) => options.PretrainLearningRate = value);
        Add("--layers", "Encoder layers of a network from scratch.", defaults.Layers, (options, value) => options.Layers = value);
        Add("--hidden", "Width of a network from scratch.", defaults.Hidden, (options, value) => options.Hidden = value);
        Add("--heads", "Attention heads of a network from scratch.", defaults.Heads, (options, value) => options.Heads = value);
        Add("--intermediate", "Width of the feed-forward layers of a network from scratch.", defaults.Intermediate, (options, value) => options.Intermediate = value);
        Add("--relative", "Whether attention of a network from scratch sees distances instead of positions.", defaults.RelativePositions, (options, value) => options.RelativePositions = value);
        Add("--tokens-max", "Longest sequence of a network from scratch.", defaults.TokensMax, (options, value) => options.TokensMax = value);
        Add("--scheme", "How mentions become tags.", defaults.Scheme, (options, value) => options.Scheme = value);
        Add("--crf", "Whether a CRF over the tags is trained.", defaults.Crf, (options, value) => options.Crf = value);
        Add("--validation-share", "Share of the texts held out to choose by.", defaults.ValidationShare, (options, value) => options.ValidationShare = value);
        Add("--seed", "Same seed, same weights.", defaults.Seed, (options, value) => options.Seed = value);
        Add("--threads", "Threads of libtorch.", defaults.Threads, (options, value) => options.Threads = value);
    }

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (var (option, _) in all)
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>The settings of a command line.</summary>
    /// <exception cref="TrainingException">One is out of its range; the message names all that are.</exception>
    public TaggerTrainingOptions Read(ParseResult parsed)
    {
        var options = new TaggerTrainingOptions();
        foreach (var (_, take) in all)
        {
            take(parsed, options);
        }

        var faults = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true))
        {
            throw new TrainingException(string.Join(" ", faults.Select(fault => fault.ErrorMessage)));
        }

        return options.Hidden % options.Heads == 0 ? options : throw new TrainingException($"--hidden {options.Hidden} must be a multiple of --heads {options.Heads}.");
    }

    private void Add<T>(string name, string description, T value, Action<TaggerTrainingOptions, T> set)
    {
        var option = new Option<T>(name) { Description = description, DefaultValueFactory = _ => value };
        if (typeof(T) == typeof(double))
        {
            option.CustomParser = result => (T)(object)Number(name, result);
        }

        all.Add((option, (parsed, options) => set(options, parsed.GetValue(option)!)));
    }

    private static double Number(string name, System.CommandLine.Parsing.ArgumentResult result)
    {
        if (result.Tokens.Count == 1 && double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        result.AddError($"{name} must be a number such as 3e-5.");
        return double.NaN;
    }
}
