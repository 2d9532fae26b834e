using System.ComponentModel;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Propensity.Features;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;

namespace KpGrpc.InferenceServer.Models.Propensity.Boosting;

/// <summary>Grows trees with LightGBM (Ke et al., NeurIPS 2017) by Microsoft.ML. Deterministic for a seed and a number of threads.</summary>
internal static class LightGbmTrainer
{
    private const float Missing = -1e30f; // below FeatureMatrix.Bound: every split sends it left, as the scorer sends NaN

    /// <summary>Trains on some rows. Cannot be interrupted while it runs.</summary>
    /// <param name="features">All rows.</param>
    /// <param name="labels">One label a row.</param>
    /// <param name="rows">Rows to train on; both classes are among them.</param>
    /// <param name="settings">How.</param>
    /// <param name="seed">Of the draws of rows and features.</param>
    /// <param name="threads">Threads to use.</param>
    /// <exception cref="ImportException">LightGBM's native library is not there for this system.</exception>
    public static BoostedTrees Train(FeatureMatrix features, bool[] labels, int[] rows, BoosterSettings settings, int seed, int threads) =>
        TreeAssembly.Convert(Fit(features, labels, rows, settings, seed, threads).Model.SubModel.TrainedTreeEnsemble, features, rows);

    /// <summary>The library's own model.</summary>
    public static BinaryPredictionTransformer<CalibratedModelParametersBase<LightGbmBinaryModelParameters, PlattCalibrator>> Fit(FeatureMatrix features, bool[] labels, int[] rows, BoosterSettings settings, int seed, int threads)
    {
        var context = new MLContext(seed);
        var options = new LightGbmBinaryTrainer.Options
        {
            NumberOfIterations = settings.Trees,
            LearningRate = settings.LearningRate,
            NumberOfLeaves = settings.Leaves,
            MinimumExampleCountPerLeaf = settings.RowsPerLeaf,
            Seed = seed,
            NumberOfThreads = threads,
            Deterministic = true,
            ForceColumnWise = true,
            HandleMissingValue = false,
            UseCategoricalSplit = false,
            Sigmoid = 1,
            Booster = new GradientBooster.Options
            {
                FeatureFraction = settings.FeatureShare,
                SubsampleFraction = settings.RowShare,
                SubsampleFrequency = 1,
                L2Regularization = settings.Ridge,
                L1Regularization = 0,
            },
        };
        try
        {
            return context.BinaryClassification.Trainers.LightGbm(options).Fit(View(context, features, labels, rows, settings.GroupProfile));
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException or Win32Exception)
        {
            throw new ImportException($"LightGBM's native library cannot be loaded ({failure.Message}); on Linux it needs libgomp (Debian: apt-get install libgomp1).", failure);
        }
    }

    /// <summary>The library's view of some rows.</summary>
    public static IDataView View(MLContext context, FeatureMatrix features, bool[] labels, int[] rows, bool groupProfile)
    {
        var schema = SchemaDefinition.Create(typeof(TrainingRow));
        schema[nameof(TrainingRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features.Width);
        return context.Data.LoadFromEnumerable(rows.Select(row => Row(features, labels, row, groupProfile ? features.Width : features.OwnWidth)), schema);
    }

    private static TrainingRow Row(FeatureMatrix features, bool[] labels, int row, int used)
    {
        var source = features.Row(row);
        var values = new float[source.Length]; // what is not used is 0 everywhere: no split can choose it
        for (var at = 0; at < used; at++)
        {
            values[at] = float.IsNaN(source[at]) ? Missing : source[at];
        }

        return new TrainingRow { Label = labels[row], Features = values };
    }

    /// <summary>A row as the library reads it, by the names of its properties.</summary>
    private sealed class TrainingRow
    {
        /// <summary>Positive.</summary>
        public bool Label { get; set; }

        /// <summary>The features.</summary>
        public float[] Features { get; set; } = [];
    }
}
