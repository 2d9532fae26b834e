using KpGrpc.InferenceServer.Models.Tagging.Crf;
using KpGrpc.InferenceServer.Models.Tagging.Data;
using KpGrpc.InferenceServer.Models.Tagging.Network;
using KpGrpc.InferenceServer.Models.Tagging.Spans;
using KpGrpc.InferenceServer.Models.Tagging.Tokens;
using KpGrpc.InferenceServer.Torch;
using KpGrpc.InferenceServer.Training;
using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace KpGrpc.InferenceServer.Models.Tagging.Training;

/// <summary>
/// Trains a tagger: from scratch or from a model, first as a masked language model where epochs of it are asked for, then to
/// tag. The best epoch is chosen on the validation texts.
/// </summary>
/// <param name="options">How.</param>
/// <param name="folder">Where checkpoints and curves go; a training that was interrupted goes on from there.</param>
/// <param name="time">The clock.</param>
/// <param name="progress">Gets how far it is; must return at once.</param>
internal sealed class TaggerTrainer(TaggerTrainingOptions options, string folder, TimeProvider time, IProgress<TrainingProgress> progress)
{
    /// <summary>Makes an untrained model for texts, with a vocabulary of their characters.</summary>
    /// <param name="split">The texts; labels come from both parts, characters from those to learn from.</param>
    /// <param name="plain">Texts without tags, for the vocabulary.</param>
    /// <param name="vocabulary">A vocabulary to take instead, or null.</param>
    /// <param name="device">Where it lives.</param>
    public TaggerModel Fresh(TaggedSplit split, IReadOnlyList<string> plain, Vocabulary? vocabulary, torch.Device device)
    {
        vocabulary ??= VocabularyBuilder.Build(split.Train.Select(text => text.Text).Concat(plain), new WordSplitter(lowerCase: true), options.OccurrencesMin);
        var tags = TagSet.Of(LabelsOf(split), options.Scheme);
        var settings = new BertSettings
        {
            VocabularySize = vocabulary.Count,
            Hidden = options.Hidden,
            Layers = options.Layers,
            Heads = options.Heads,
            Intermediate = options.Intermediate,
            PositionsMax = options.TokensMax,
            Dropout = options.Dropout,
            AttentionDropout = options.AttentionDropout,
            RelativePositions = options.RelativePositions,
            Tags = tags.Names,
        };
        using var random = new TorchRandom(device);
        random.Reseed(SeededRandom.SeedOf(options.Seed, "tagger-weights", 0));
        var network = new BertNetwork(settings, random, device, masked: options.PretrainEpochs > 0);
        return new TaggerModel(
            new TaggingTokenizer(vocabulary, settings.LowerCase, options.TokensMax), network, tags, options.Crf ? new LinearChainCrf(tags, device) : null);
    }

    /// <summary>Trains a model in place.</summary>
    /// <param name="model">The model; its tags must know every label of the texts.</param>
    /// <param name="split">Texts to learn from and to choose by.</param>
    /// <param name="plain">More texts for the masked language model.</param>
    /// <param name="cancellationToken">Ends it between steps; the last epoch's checkpoint stays.</param>
    /// <returns>The best macro F1 on the validation texts and its epoch.</returns>
    /// <exception cref="TrainingException">A label has no tag, or a checkpoint is of another training.</exception>
    public (double MacroF1, int Epoch) Train(TaggerModel model, TaggedSplit split, IReadOnlyList<string> plain, CancellationToken cancellationToken)
    {
        if (LabelsOf(split).Except(model.Tags.Labels, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            throw new TrainingException($"The texts mention '{unknown}', for which the model has no tag; train one from scratch, or give the checkpoint a head for these labels.");
        }

        torch.set_num_threads(options.Threads);
        using var dropout = new TorchRandom(model.Device);
        var trainer = new StageTrainer(options, folder, dropout, time, progress);
        var swap = new MentionSwap(split.Train);
        if (options.PretrainEpochs > 0)
        {
            trainer.Run(MaskedStage(model, split, plain, swap, dropout), cancellationToken);
        }

        return trainer.Run(TagStage(model, split, swap, dropout, cancellationToken), cancellationToken);
    }

    private static IEnumerable<string> LabelsOf(TaggedSplit split) =>
        split.Train.Concat(split.Validation).SelectMany(text => text.Spans).Select(span => span.Label).Distinct(StringComparer.Ordinal);

    private StagePlan MaskedStage(TaggerModel model, TaggedSplit split, IReadOnlyList<string> plain, MentionSwap swap, TorchRandom dropout)
    {
        TaggedText[] texts = [.. split.Train, .. plain.Select(text => new TaggedText(text, []))];
        return new StagePlan
        {
            Name = "pretrain",
            Recipe = TaggerRecipe.Of("pretrain", model, options, texts),
            Modules = new TrainedModules(("network", model.Network.Tree)),
            Groups = TaggerParameters.Groups(model.Network, null, options),
            Epochs = options.PretrainEpochs,
            LearningRate = options.PretrainLearningRate,
            Lengths = [.. texts.Select(text => text.Text.Length)],
            Loss = (batch, random) =>
            {
                var masked = batch.Select(index => model.Tokenizer.Tokenize(swap.Apply(texts[index], options.SwapShare, random).Text))
                    .Select(text => MaskedTokens.Of(text.Ids, model.Tokenizer.Vocabulary, random)).ToArray();
                var tokens = TokenBatch.Of([.. masked.Select(row => row.Ids)], model.Tokenizer.Vocabulary.Pad, model.Device);
                var length = (int)tokens.Ids.shape[1];
                var places = torch.tensor([.. masked.SelectMany((row, at) => row.Hidden.Select(token => ((long)at * length) + token))], device: model.Device);
                var targets = torch.tensor([.. masked.SelectMany(row => row.Hidden.Select(token => (long)row.Originals[token]))], device: model.Device);
                var states = model.Network.Encode(tokens, dropout).flatten(0, 1).index_select(0, places); // [hidden tokens, hidden] float32
                var loss = F.cross_entropy(model.Network.PredictMasked(states), targets); // [] float32
                return (loss, loss.item<float>());
            },
        };
    }

    private StagePlan TagStage(TaggerModel model, TaggedSplit split, MentionSwap swap, TorchRandom dropout, CancellationToken cancellationToken) => new()
    {
        Name = "tag",
        Recipe = TaggerRecipe.Of("tag", model, options, split.Train),
        Modules = new TrainedModules(("network", model.Network.Tree), ("crf", model.Crf?.Tree)),
        Groups = TaggerParameters.Groups(model.Network, model.Crf?.Tree, options),
        Epochs = options.Epochs,
        LearningRate = options.LearningRate,
        Lengths = [.. split.Train.Select(text => text.Text.Length)],
        Loss = (batch, random) => TagLoss(model, [.. batch.Select(index => swap.Apply(split.Train[index], options.SwapShare, random))], dropout, random),
        Validate = () =>
        {
            using var runner = new TaggerRunner(model, ownsModel: false);
            var scores = TaggerEvaluator.Run(runner, split.Validation, cancellationToken);
            return [new("macro_f1", scores.Macro.F1), new("micro_f1", scores.Micro.F1)];
        },
    };

    private (torch.Tensor Surrogate, double Loss) TagLoss(TaggerModel model, TaggedText[] texts, TorchRandom dropout, SeededRandom random)
    {
        var tokenized = texts.Select(text => model.Tokenizer.Tokenize(text.Text)).ToArray();
        var targets = tokenized.Select((text, at) => model.Tags.Encode(text.Length - 2, SpanAlignment.ToTokens(text, texts[at].Spans))).ToArray();
        var vocabulary = model.Tokenizer.Vocabulary;
        int[][] ids = [.. tokenized.Select(text => HideSome(text.Ids, vocabulary.Unknown, random))];
        var tokens = TokenBatch.Of(ids, vocabulary.Pad, model.Device);
        var length = tokens.Ids.shape[1] - 2;
        var emissions = model.Network.Classify(model.Network.Encode(tokens, dropout), dropout).narrow(1, 1, length); // [batch, length, tags] float32
        if (model.Crf is { } crf)
        {
            return crf.Loss(emissions, targets);
        }

        var flat = new long[targets.Length * length];
        Array.Fill(flat, -100); // what cross_entropy passes over
        for (var row = 0; row < targets.Length; row++)
        {
            Array.Copy(Array.ConvertAll(targets[row], tag => (long)tag), 0, flat, row * length, targets[row].Length);
        }

        var loss = F.cross_entropy(emissions.flatten(0, 1), torch.tensor(flat, device: model.Device)); // [] float32
        return (loss, loss.item<float>());
    }

    private int[] HideSome(int[] ids, int unknown, SeededRandom random)
    {
        for (var at = 1; at < ids.Length - 1 && options.UnknownShare > 0; at++)
        {
            ids[at] = random.Fraction() < options.UnknownShare ? unknown : ids[at];
        }

        return ids;
    }
}
