<?php
$days = [];
$temperatures = [];
while (($line = fgets(STDIN)) !== false) {
    [$day, $text] = explode(" ", trim($line));
    $days[] = $day;
    $temperatures[] = (int) $text;
}
foreach (["coldest" => min($temperatures), "warmest" => max($temperatures)] as $word => $temperature) {
    echo "$word {$days[array_search($temperature, $temperatures, true)]} $temperature\n";
}
printf("mean %.1f\n", array_sum($temperatures) / count($temperatures));
