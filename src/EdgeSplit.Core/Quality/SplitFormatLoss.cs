using EdgeSplit.Core.Transformers;

namespace EdgeSplit.Core.Quality;

/// <summary>The quality loss of a model whose first layers and last layers are stored in different number formats.</summary>
public static class SplitFormatLoss
{
    /// <summary>The rise of negative log-likelihood per token of a split: k/L x the device format's loss + (L - k)/L x the server format's.</summary>
    /// <remarks>
    /// Assumption, and it is one: a share of the layers carries, to first order, its share of the whole model's loss. Real layers
    /// differ in sensitivity, the first and last ones being the touchiest; embedding and head are not counted apart.
    /// Replace it by a measured table where one exists.
    /// </remarks>
    /// <param name="source">The loss of the whole model in a format.</param>
    /// <param name="layersOnDevice">The split point k, in [0, <paramref name="totalLayers"/>].</param>
    /// <param name="totalLayers">The model's layers L, at least 1.</param>
    /// <param name="deviceFormat">The weight format of the device's layers; not looked up when k = 0.</param>
    /// <param name="serverFormat">The weight format of the server's layers; not looked up when k = L.</param>
    /// <returns>Nats per token, at least 0.</returns>
    /// <exception cref="ArgumentNullException">A reference is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is out of range.</exception>
    public static double NegativeLogLikelihoodIncreaseNats(
        IFormatLossSource source, int layersOnDevice, int totalLayers, NumberFormat deviceFormat, NumberFormat serverFormat)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(deviceFormat);
        ArgumentNullException.ThrowIfNull(serverFormat);
        Guard.AtLeast(totalLayers, 1);
        Guard.InRange(layersOnDevice, 0, totalLayers);
        var deviceShare = (double)layersOnDevice / totalLayers;
        var serverShare = (double)(totalLayers - layersOnDevice) / totalLayers;
        var deviceLoss = layersOnDevice == 0 ? 0 : source.NegativeLogLikelihoodIncreaseNats(deviceFormat);
        var serverLoss = layersOnDevice == totalLayers ? 0 : source.NegativeLogLikelihoodIncreaseNats(serverFormat);
        return deviceShare * deviceLoss + serverShare * serverLoss;
    }
}
