import { readScenes } from '../scene.ts';

/** Parcels: when, how, where to, and where on earth they are. */
export const shippingScenes = readScenes(String.raw`
@ shipping.html
> {Hi|Hello|Good morning}, how long does delivery to $city take{?| at the moment?}
< $hello! To $city it is {three to five working days|usually four working days}. Orders before noon leave our yard the next morning.
?> {And is it tracked?|Do I get a tracking number?}
?< {Yes, the link comes by mail as soon as the parcel is scanned.|It is, you get the link by mail on the day it leaves.}
> {Perfect, thank you!|Great, thanks.|Lovely. Thank you $me!}

@ shipping.html
> Do you ship to $country?
< $hello, {yes we do|we do, gladly}. It takes 7–12 days and costs €19, free from €200.
> {Any customs to pay on my side?|What about customs?}
< That depends on {the value|what is in the box}, I'm afraid. We declare the goods correctly and put the invoice outside the box, so there is no delay at least.
?> {Fair enough. I'll order tonight.|OK, thanks for being straight about it.}

@ product
> {Can|Will} the $product {still arrive before|be here by} {the 24th|Friday|my mother's birthday on Sunday}?
< $hello, if you order before noon today: {yes, comfortably|yes, with a day to spare}. To $city it leaves tomorrow morning.
> {Done, order $order.|Just ordered, $order. Fingers crossed!}
< Found it. I will put it {on top of the pile|in the first van} myself. – $me
?# $order: please send with the first pick-up, it is a present

@ shipping.html
> {Hi, my parcel|Hello, order $order|Good afternoon. My order $order} should have been here {on Tuesday|two days ago|last week}. The tracking {has not moved since|says "in transit" and nothing else since} Friday.
< I'm sorry, $name. Let me {ask the carrier|look into it}, one moment.
# Carrier says it sits in the $city depot, label damaged. They re-label today.
< Found: the label got wet and it waited in the depot in $city. They have printed a new one. It should be with you {tomorrow|the day after tomorrow}.
> {Phew. Thanks for the quick help.|Good to know it is not lost!|OK. Will you check again if it is not?}
?< {I have put a reminder for myself.|I will look again tomorrow without you asking.}
?> It just arrived, everything in one piece!

@ index.html
> Where is my order $order?
< $hello, it left us {yesterday|on Monday} and is on its way to $city. Here is what the carrier says: *arriving between 10 and 14*.
> {Thanks!|ok thx|Super, thank you}

@ shipping.html
> Can I change the delivery address of $order? I {moved last week|typed the old house number}.
< Just in time, it is not packed yet. What is the right address?
> {Mill Lane 14|Harbour Street 3, second floor|Station Road 27}, $city. The name stays the same.
# Address changed on $order, label printed again
< Changed. You will get the tracking link {this afternoon|tomorrow morning}.
> {You are the best.|Great service, thank you.|Thanks a lot!}

@ shipping.html
> {Do you use plastic in your packaging?|How do you pack? I would rather not have plastic.}
< $hello, none at all: paper, wood wool and paper tape. Everything goes into the paper bin, or under the guinea pig.
> {Ha. Our rabbit will be pleased.|That decided it for me, thanks.}

@ shipping.html
> I would like to pick up order $order {in person|myself}. {Which days are you there?|Is Saturday possible?}
< Any working day from nine to five. It waits wrapped on the shelf by the gate, your name on it. {There is usually tea.|Knock at the blue door if you want to see the kiln.}
> {Thursday then, around four.|Wonderful, see you on Friday.}
# Pick-up $order, on the shelf by the gate

@ shipping.html
> {Hi!|Hello,} my basket is at €$under. Is there really nothing I can do about the shipping?
< $hello, free delivery starts at €80, so a {$other|small thing} would do it. Or collect it here, that is always free.
> {Then I take a $other too :)|Hm, I will think about it.|You know your trade. Adding a $other.}

@ shipping.html
> Express shipping?
< Not as a rule, but for {a wedding or a wake|emergencies} we find a way. When do you need it, and where?
> {Saturday, $city.|The day after tomorrow, in $city.}
< That works with the courier for €24. Shall I change $order?
> {Yes please.|Yes! Thank you.}

@ shipping.html
> The parcel was left {with a neighbour I do not know|in the rain|at number 5, we are 15}. {Is that normal?|Not great.}
< It is not, and I'm sorry. Is everything in one piece?
> {The box is soaked but the $product is fine.|Yes, luckily.}
< Good. I have told the carrier in writing, and a {reed bunch|little saucer} comes with your next order from me.
`);
