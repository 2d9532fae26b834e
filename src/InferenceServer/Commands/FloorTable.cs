using System.Globalization;
using KpGrpc.InferenceServer.Evaluation;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Commands;

/// <summary>The figures of one data set for people, ours among the published ones, best NDCG last.</summary>
internal static class FloorTable
{
    /// <summary>Prints the table.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="set">The data set.</param>
    /// <param name="result">The floor.</param>
    /// <param name="part">Which item was to be found.</param>
    /// <param name="trained">Trained models beside it.</param>
    public static void Write(
        IAnsiConsole console, InteractionSet set, FloorEvaluation result, HeldOut part, params ReadOnlySpan<(string Name, RankingMetrics Figures)> trained)
    {
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{set.Name}: {set.Interactions:N0} interactions, {set.Sequences.Count:N0} learners, {set.ItemCount:N0} works; {part} item of {result.Counts.Cases:N0} learners, full ranking, ties against the model; counts trained in {result.TrainingSeconds:F2} s"));
        var border = console.Profile.Out.IsTerminal ? TableBorder.Rounded : TableBorder.Ascii;
        var table = new Table { Border = border }.AddColumns("model", "HR@10", "NDCG@10");
        var rows = PublishedFigure.All.Where(figure => figure.DataSet == set.Name)
            .Select(figure => (Name: $"{figure.Model}, published", figure.HitRate, figure.Ndcg))
            .Append(("counts, ours", result.Counts.HitRate, result.Counts.Ndcg))
            .Append(("popularity, ours", result.Popularity.HitRate, result.Popularity.Ndcg))
            .Concat(trained.ToArray().Select(model => (model.Name, model.Figures.HitRate, model.Figures.Ndcg)));
        foreach (var (name, hitRate, ndcg) in rows.OrderBy(row => row.Ndcg))
        {
            table.AddRow(Markup.Escape(name), hitRate.ToString("F4", CultureInfo.InvariantCulture), ndcg.ToString("F4", CultureInfo.InvariantCulture));
        }

        console.Write(table);
    }
}
