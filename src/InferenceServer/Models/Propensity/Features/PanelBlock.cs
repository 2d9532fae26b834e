using System.Text.Json.Serialization;
using KpGrpc.InferenceServer.Models.Propensity.Tables;

namespace KpGrpc.InferenceServer.Models.Propensity.Features;

/// <summary>
/// Series that run side by side: the features of each channel, those of their sum, its rhythm, and how many channels take
/// part. A missing amount counts as 0.
/// </summary>
/// <param name="Panel">The panel's name.</param>
/// <param name="Channels">At least one, all with the same number of steps.</param>
internal sealed record PanelBlock(string Panel, IReadOnlyList<PanelChannel> Channels) : IFeatureBlock
{
    private const int Week = 7;
    private const int LatestMax = 5;
    private const string All = "all";

    /// <summary>Steps of every channel.</summary>
    [JsonIgnore]
    public int Steps => Channels[0].Columns.Count;

    /// <inheritdoc />
    [JsonIgnore]
    public IEnumerable<string> Inputs => Channels.SelectMany(channel => channel.Columns);

    /// <inheritdoc />
    [JsonIgnore]
    public IReadOnlyList<string> Names =>
    [
        .. Channels.Count > 1 ? Channels.SelectMany(channel => SeriesFeatures.Names($"{Panel}.{channel.Name}", Steps)) : [],
        .. SeriesFeatures.Names(SumName, Steps),
        .. Enumerable.Range(1, Steps).Select(step => $"{SumName}.step_{step}"),
        .. Enumerable.Range(0, Rhythm).Select(age => $"{SumName}.weekly_age_{age}"),
        .. Enumerable.Range(1, Latest).Select(rank => $"{SumName}.age_of_active_step_{rank}"),
        .. Channels.Count > 1 ? Channels.Select(channel => $"{Panel}.{channel.Name}.share") : [],
        $"{SumName}.steps_in_row", $"{SumName}.runs", $"{SumName}.channels", $"{SumName}.channels_last_{Math.Min(Week, Steps)}",
    ];

    private string SumName => Channels.Count > 1 ? $"{Panel}.{All}" : Panel;

    private int Rhythm => Steps >= 2 * Week ? Week : 0;

    private int Latest => Math.Min(LatestMax, Steps);

    /// <summary>Names of the features of the sum of all channels, for comparison within a group.</summary>
    public IEnumerable<string> SumFeatures() => SeriesFeatures.Names(SumName, Steps).Append($"{SumName}.channels");

    /// <summary>Names of some features of the channels, for comparison within a group.</summary>
    public IEnumerable<string> ChannelFeatures() => Channels.Count > 1
        ? Channels.SelectMany(channel => SeriesFeatures.MainNames($"{Panel}.{channel.Name}"))
        : [];

    /// <inheritdoc />
    public void Fill(Table table, FeatureMatrix matrix, int offset)
    {
        float[][][] columns = [.. Channels.Select(channel => channel.Columns.Select(name => Checked.Of(table, name, ColumnKind.Number).Values).ToArray())];
        var width = SeriesFeatures.Names("", Steps).Count;
        var series = new float[Steps];
        var sum = new float[Steps];
        for (var row = 0; row < matrix.Rows; row++)
        {
            var features = matrix.Row(row)[offset..];
            var (used, usedLately) = (0, 0);
            Array.Clear(sum);
            foreach (var channel in columns)
            {
                for (var step = 0; step < series.Length; step++)
                {
                    var value = channel[step][row];
                    series[step] = float.IsNaN(value) ? 0 : value;
                    sum[step] += series[step];
                }

                used += series.AsSpan().ContainsAnyExcept(0f) ? 1 : 0;
                usedLately += series.AsSpan(Steps - Math.Min(Week, Steps)).ContainsAnyExcept(0f) ? 1 : 0;
                if (columns.Length > 1)
                {
                    SeriesFeatures.Fill(series, features);
                    features = features[width..];
                }
            }

            SeriesFeatures.Fill(sum, features);
            FillSum(sum, features[width..], used, usedLately);
            FillShares(columns, row, sum, features[(width + Steps + Rhythm + Latest)..]);
        }
    }

    private static void FillShares(float[][][] columns, int row, ReadOnlySpan<float> sum, Span<float> features)
    {
        var total = 0.0;
        foreach (var amount in sum)
        {
            total += amount;
        }

        for (var channel = 0; channel < columns.Length && columns.Length > 1; channel++)
        {
            var own = 0.0;
            foreach (var step in columns[channel])
            {
                own += float.IsNaN(step[row]) ? 0 : step[row];
            }

            features[channel] = total != 0 ? (float)(own / total) : 0;
        }
    }

    private void FillSum(ReadOnlySpan<float> sum, Span<float> features, int used, int usedLately)
    {
        sum.CopyTo(features);
        features = features[Steps..];
        var (inRow, runs, latest) = (0, 0, 0);
        features[Rhythm..(Rhythm + Latest)].Fill(Steps);
        for (var age = 0; age < Steps; age++)
        {
            if (sum[Steps - 1 - age] == 0)
            {
                continue;
            }

            inRow += inRow == age ? 1 : 0;
            runs += age == 0 || sum[Steps - age] == 0 ? 1 : 0;
            if (Rhythm > 0)
            {
                features[age % Week]++;
            }

            if (latest < Latest)
            {
                features[Rhythm + latest++] = age;
            }
        }

        features = features[(Rhythm + Latest + (Channels.Count > 1 ? Channels.Count : 0))..];
        features[0] = inRow;
        features[1] = runs;
        features[2] = used;
        features[3] = usedLately;
    }
}
